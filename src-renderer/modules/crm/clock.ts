/** Minutes since midnight from '14:30', '1430', '9' or '9.5'-like typing; undefined where it is no time of day. */
export function parseClock(text: string): number | undefined {
  const [, h = '', m = '00'] = /^(\d{1,2})(?:\s*[:：.]?\s*(\d{2}))?$/.exec(text.normalize('NFKC').trim()) ?? []
  const [hours, minutes] = [Number(h), Number(m)]
  return h === '' || hours > 23 || minutes > 59 ? undefined : hours * 60 + minutes
}

const two = (value: number): string => String(value).padStart(2, '0')
/** 870 is 14:30. */
export const clockText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** Now, on this desk's wall clock. */
export const minuteNow = (): number => {
  const now = new Date()
  return now.getHours() * 60 + now.getMinutes()
}
