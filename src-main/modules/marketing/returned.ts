// What comes back by mail, read from its text, pure.

/** How addresses are compared. */
export const addressKey = (email: string): string => email.trim().toLowerCase()

export type Returned = { readonly mail_ids: readonly string[]; readonly bounced: readonly string[]; readonly unsubscribed: readonly string[] }

/** Our own letters carry their id in the Message-ID. */
const OWN_ID = /<([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@/gi
const ADDRESS = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/

/**
 * Takes apart one or several pasted messages: delivery reports (RFC 3464: Final-Recipient with a Status of class 5) and wishes to get no more.
 * A report that only says 'delayed' (class 4) is nothing yet.
 */
export function readReturnedText(text: string): Returned {
  const bounced = new Set<string>()
  for (const [, recipient, rest] of text.matchAll(/^final-recipient:\s*[^;\n]*;\s*(\S+)([\s\S]*?)(?=^final-recipient:|(?![\s\S]))/gim)) {
    if (/^status:\s*5\./im.test(rest ?? '')) bounced.add(addressKey(recipient!.replace(/[<>]/g, '')))
  }
  const isReport = bounced.size > 0
  const unsubscribed = new Set<string>()
  if (!isReport && /^subject:.*(unsubscribe|退订)/im.test(text)) {
    for (const [, from] of text.matchAll(/^from:(.*)$/gim)) {
      const address = ADDRESS.exec(/<([^>]*)>/.exec(from!)?.[1] ?? from!)?.[0]
      if (address) unsubscribed.add(addressKey(address))
    }
  }
  return { mail_ids: isReport ? [...new Set([...text.matchAll(OWN_ID)].map(([, id]) => id!.toLowerCase()))] : [], bounced: [...bounced], unsubscribed: [...unsubscribed] }
}
