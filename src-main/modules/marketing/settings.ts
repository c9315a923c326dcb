import { z } from 'zod'
import { setting, type QueryCtx } from '../../kernel/operation.ts'

const permission = 'marketing.configure'
const words = (key: string, fallback: string) => setting({ key, schema: z.string().trim().max(200), fallback, permission })

// The account by which letters leave: the company's own server. Its password is no setting: it is kept on the PC that sends.
export const mailHost = words('marketing.mail_host', '')
export const mailPort = setting({ key: 'marketing.mail_port', schema: z.int().min(1).max(65_535), fallback: 465, permission })
/** 'tls' from the first byte, 'starttls' before the password, 'none' only to this PC. */
export const mailSecurity = setting({ key: 'marketing.mail_security', schema: z.enum(['tls', 'starttls', 'none']), fallback: 'tls', permission })
export const mailUser = words('marketing.mail_user', '')
export const mailFrom = setting({ key: 'marketing.mail_from', schema: z.string().trim().max(200).regex(/^(\S+@\S+)?$/), fallback: '', permission })
export const mailFromName = words('marketing.mail_from_name', '')
/** Letters a minute at most. */
export const mailRate = setting({ key: 'marketing.mail_rate', schema: z.int().min(1).max(100_000), fallback: 20, permission })
/** So many days after its last day an order still counts for a campaign. */
export const countedDays = setting({ key: 'marketing.counted_days', schema: z.int().min(0).max(730), fallback: 30, permission })

/** The accounts that hold what marketing cost, by their codes, with those below them; as the ready-made charts number them. */
export const expenseAccounts = words('marketing.expense_accounts', '560102 6250')

export const marketingSettings = [mailHost, mailPort, mailSecurity, mailUser, mailFrom, mailFromName, mailRate, countedDays, expenseAccounts]

/** Can letters leave at all? */
export const hasAccount = (ctx: Pick<QueryCtx, 'setting'>): boolean => ctx.setting(mailHost) !== '' && ctx.setting(mailFrom) !== ''
