import { Link } from 'react-router'
import { documentPath } from './document-paths.ts'

/** The way from a row of the books to the document behind it. */
export function DocumentLink({ kind, id, number }: { kind: string | null; id: string | null; number: string | null }) {
  const path = documentPath({ kind, id })
  const text = number ?? '—'
  return path === undefined ? <span className="zg-figures">{text}</span> : <Link className="zg-figures" to={path}>{text}</Link>
}
