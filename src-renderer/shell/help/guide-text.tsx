import { Lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wordedWith } from './guide-pages.ts'

/** A page of the guide. It is read into pieces and drawn by React: a tag in the text is text, never a part of the page. */
export function GuideText({ text, onPage }: { text: string; /** Shows another page beside the screen; without it links lead to the guide itself. */ onPage?: (page: string) => void }) {
  const { t } = useTranslation()
  return <div className="zg-guide">{drawn(new Lexer().lex(wordedWith(text, t)), onPage)}</div>
}

type OnPage = ((page: string) => void) | undefined

const drawn = (tokens: readonly Token[] | undefined, onPage: OnPage): ReactNode =>
  tokens?.map((token, i) => <Fragment key={i}>{piece(token as Tokens.Generic, onPage)}</Fragment>)

function piece(token: Tokens.Generic, onPage: OnPage): ReactNode {
  const inner = (): ReactNode => drawn(token.tokens, onPage)
  switch (token.type) {
    case 'space':
      return null
    case 'heading':
      return heading({ depth: token['depth'] as number, onPage, children: inner() })
    case 'paragraph':
      return <p>{inner()}</p>
    case 'list': {
      const items = (token as unknown as Tokens.List).items.map((item, i) => <li key={i}>{drawn(item.tokens, onPage)}</li>)
      return token['ordered'] ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'strong':
      return <b>{inner()}</b>
    case 'em':
      return <em>{inner()}</em>
    case 'codespan':
      return <kbd>{String(token['text'])}</kbd>
    case 'link':
      return <GuideLink to={String(token['href'])} onPage={onPage}>{inner()}</GuideLink>
    default:
      return token.tokens ? inner() : String(token['text'] ?? token.raw)
  }
}

/** Beside a screen, whose title is the first, a page's own title is the second. */
function heading({ depth, onPage, children }: { depth: number; onPage: OnPage; children: ReactNode }): ReactNode {
  if (depth === 1) return onPage ? <h2 className="zg-guide-title">{children}</h2> : <h1 className="zg-guide-title">{children}</h1>
  return onPage ? <h3>{children}</h3> : <h2>{children}</h2>
}

/** `#orders` is another page, `/settings/users` a screen; the guide leads nowhere else. */
function GuideLink({ to, onPage, children }: { to: string; onPage: OnPage; children: ReactNode }) {
  if (to.startsWith('/')) return <Link to={to}>{children}</Link>
  const page = to.slice(1)
  if (!onPage) return <Link to={`/help/${page}`}>{children}</Link>
  return (
    <button type="button" className="zg-link" onClick={() => onPage(page)}>
      {children}
    </button>
  )
}
