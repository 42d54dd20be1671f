import { createHash } from 'node:crypto'

const RETRY_AFTER_SEC = 5

const STYLE = `
:root { color-scheme: light dark; --page: #f6f8fa; --card: #fff; --line: #e0e6ec; --text: #10202f; --soft: #4c5b6c; --accent: #0e6a75 }
@media (prefers-color-scheme: dark) { :root { --page: #0c131a; --card: #121b24; --line: #25323f; --text: #e5ecf3; --soft: #a2b2c2; --accent: #4fb8c3 } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text); font: 15px/1.5 Inter, ui-sans-serif, system-ui, sans-serif }
main { box-sizing: border-box; width: min(30rem, calc(100vw - 2rem)); padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
p { margin: .5rem 0 0; color: var(--soft) }
h1 { margin: 0; font-size: 1.125rem; font-weight: 600 }
a { color: var(--accent) }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .25rem }
.bar { height: 3px; margin-top: 1.25rem; border-radius: 3px; background: var(--line); overflow: hidden }
.bar i { display: block; height: 100%; background: var(--accent); transform-origin: left; animation: wait ${RETRY_AFTER_SEC}s linear forwards }
@keyframes wait { from { transform: scaleX(0) } to { transform: scaleX(1) } }
@media (prefers-reduced-motion: reduce) { .bar i { animation: none } }
small { display: block; margin-top: 1.25rem; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere }
`

const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export interface Problem {
  /** One sentence of our own; it is not escaped and must quote nothing of the request. */
  readonly title: string
  /** The page asks for itself again every few seconds. */
  readonly retries: boolean
  /** Letters, digits and dashes only. */
  readonly requestId: string
}

/** A page that says what is wrong, in the product's look and without any file of the parts that may be down. */
export function problemPage({ title, retries, requestId }: Problem): {
  readonly html: string
  readonly contentSecurityPolicy: string
} {
  const refresh = retries ? `<meta http-equiv="refresh" content="${RETRY_AFTER_SEC}">` : ''
  const rest = retries
    ? '<p>This page tries again by itself. What you have saved is kept.</p><div class="bar"><i></i></div>'
    : '<p><a href="/">Go to the start page</a></p>'
  return {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${rest}<small>Reference ${requestId}</small></main></body></html>`,
  }
}
