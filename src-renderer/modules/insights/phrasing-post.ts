import type { No } from '../../api/client.ts'

/** The host itself did not answer. */
export const NETWORK_NO: No = { ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }
