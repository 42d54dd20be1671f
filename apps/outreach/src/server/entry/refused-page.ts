import type { UserContextRefusal } from '@sax/user-context'

const reasons: Readonly<Record<UserContextRefusal, string>> = {
  missing: 'Your browser sent no sign-in with its request. It may be blocking cookies for this site.',
  malformed: 'Your sign-in arrived in a form that Outreach cannot read.',
  expired: 'Your sign-in had already ended when it arrived. The clock of a computer may be wrong.',
  untrusted: 'Outreach cannot confirm that your sign-in comes from SleepConnect. This needs an administrator.',
  wrong_audience: 'Your sign-in was made for another part of the site.',
}

export interface RefusedPage {
  readonly code: UserContextRefusal
  readonly signInUrl: string
  readonly requestId: string
  readonly nonce: string
}

/** The page shown instead of one more redirect: why the session is refused, and the way out. Needs no script and no file. */
export function refusedPage({ code, signInUrl, requestId, nonce }: RefusedPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sign-in did not work - Outreach</title>
<style nonce="${escaped(nonce)}">
:root{color-scheme:light dark;--line:#d4d4d8;--quiet:#52525b;--ground:#fafafa;--card:#fff;--text:#18181b;--button:#1d4ed8;--button-text:#fff}
@media (prefers-color-scheme:dark){:root{--line:#3f3f46;--quiet:#a1a1aa;--ground:#09090b;--card:#18181b;--text:#fafafa;--button:#60a5fa;--button-text:#09090b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--ground);color:var(--text);font:15px/1.55 Inter,system-ui,sans-serif}
main{width:100%;max-width:30rem;padding:28px;border:1px solid var(--line);border-radius:12px;background:var(--card)}
h1{margin:0 0 8px;font-size:20px;line-height:1.3}
p{margin:0 0 16px}
a{display:inline-block;padding:9px 16px;border-radius:8px;background:var(--button);color:var(--button-text);font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid var(--text);outline-offset:2px}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 12px;margin:20px 0 0;padding-top:16px;border-top:1px solid var(--line);color:var(--quiet);font-size:13px}
dd{margin:0;overflow-wrap:anywhere}
</style>
</head>
<body>
<main>
<h1>Sign-in did not work</h1>
<p>${reasons[code]}</p>
<p>What you wrote is kept in this browser.</p>
<a href="${escaped(signInUrl)}">Sign in again</a>
<dl><dt>Reason</dt><dd>${code}</dd><dt>Request</dt><dd>${escaped(requestId)}</dd></dl>
</main>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
