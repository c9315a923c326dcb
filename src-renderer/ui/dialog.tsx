import { useEffect, useRef, type KeyboardEvent } from 'react'
import { Modal, type ModalProps } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

const WANTS_INPUT = 'input:not([type=hidden]):not([tabindex="-1"]):not(:disabled), textarea, select:not(:disabled)'

/** A dialog that begins where input is wanted: the field marked for it, else the first field, else its main button. F9 is its main button. */
export function Dialog(props: ModalProps) {
  const { t } = useTranslation()
  const content = useRef<HTMLDivElement>(null)
  useFocusBack(props.open === true)
  const begin = (isOpen: boolean): void => {
    props.afterOpenChange?.(isOpen)
    const root = content.current?.closest<HTMLElement>('.ant-modal')
    if (!isOpen || !root) return
    // A field that has taken the focus by itself keeps it.
    if (content.current?.contains(document.activeElement)) return
    const field = content.current?.querySelector<HTMLElement>('[data-first] :is(input, select), textarea[data-first], table input') ?? content.current?.querySelector<HTMLElement>(WANTS_INPUT)
    const target = field ?? root.querySelector<HTMLElement>('.ant-btn-primary')
    target?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F9' || props.onOk === undefined || event.defaultPrevented) return
    event.preventDefault()
    content.current?.closest('.ant-modal')?.querySelector<HTMLElement>('.ant-modal-footer .ant-btn-primary')?.click()
  }
  return (
    <Modal
      destroyOnHidden
      {...props}
      closable={props.closable === false ? false : { 'aria-label': t('ui.close'), closeIcon: <CloseOutlined aria-hidden /> }}
      afterOpenChange={begin}
    >
      <div ref={content} onKeyDown={onKeyDown}>
        {props.children}
      </div>
    </Modal>
  )
}

/** A dialog that closes gives the focus back to what opened it, or to the page where that is gone: the next key works where one looks. */
function useFocusBack(isOpen: boolean): void {
  const opener = useRef<Element | null>(null)
  const wasOpen = useRef(false)
  // While it is drawn for the first time, before a field of its own takes the focus.
  if (isOpen && !wasOpen.current) opener.current = document.activeElement
  wasOpen.current = isOpen
  useEffect(() => {
    if (!isOpen) return undefined
    return () =>
      void setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return
        const before = opener.current
        const target = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : document.querySelector<HTMLElement>('main')
        if (target?.tagName === 'MAIN') target.tabIndex = -1
        target?.focus({ preventScroll: true })
      })
  }, [isOpen])
}
