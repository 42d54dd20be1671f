import type { TickedLine } from './judge.ts'
import { nextOf } from './lines.ts'

/** The checklist as one file that needs nothing else. */
export function checklistHtml(stage: string, lines: readonly TickedLine[], at: Date): string {
  const parts = [...new Set(lines.map(({ line }) => line.part))]
  const open = lines.filter(({ isTicked }) => !isTicked).length
  const verdict = open === 0 ? `All ${lines.length} lines are ticked` : `${open} of ${lines.length} lines are open`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(verdict)} - ${text(stage)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 class="${open === 0 ? 'ticked' : 'open'}">${text(verdict)}</h1>
<p>Deployment checklist of ${text(stage)}, seen ${at.toISOString()}. A line that could not be seen is open.</p>
${parts
  .map(
    (part) => `<section>
<h2>${text(part)}</h2>
<ul class="lines">
${lines
  .filter(({ line }) => line.part === part)
  .map((one) => item(stage, one))
  .join('\n')}
</ul>
</section>`,
  )
  .join('\n')}
</main>
</body>
</html>
`
}

function item(stage: string, { line, isTicked, checked }: TickedLine): string {
  const proofs = checked
    .map(
      ({ by, holds, proof }) =>
        `<li class="${holds ? 'ticked' : 'open'}"><code>${text(by)}</code> ${holds ? '' : '<strong>open</strong> '}${text(proof)}</li>`,
    )
    .join('')
  const next = isTicked ? '' : `<p>Next: <code>${text(nextOf(line, stage))}</code></p>`
  return `<li id="${text(line.id)}"><span class="mark ${isTicked ? 'ticked' : 'open'}" aria-hidden="true">${isTicked ? '☑' : '☐'}</span>
<div><p class="line">${text(line.text.replaceAll('`', ''))} <small>${isTicked ? 'ticked' : 'open'}</small></p>
<details${isTicked ? '' : ' open'}><summary>What was seen</summary><ul>${proofs}</ul></details>${next}</div></li>`
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --ticked: #15803d; --open: #b91c1c; }
@media (prefers-color-scheme: dark) { :root { --ticked: #4ade80; --open: #f87171; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h1.ticked { color: var(--ticked); } h1.open { color: var(--open); }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
ul { margin: .25rem 0 0; padding-left: 1.1rem; }
.lines { list-style: none; padding: 0; } .lines > li { display: flex; gap: .75rem; padding: .6rem 0; border-top: 1px solid var(--line); }
.mark { font-size: 1.25rem; line-height: 1.4; } .mark.ticked { color: var(--ticked); } .mark.open, li.open strong { color: var(--open); }
.line { margin: 0; font-weight: 500; } p { margin: .35rem 0; } small { font-weight: 400; opacity: .7; }
summary { cursor: pointer; opacity: .7; font-size: 13px; } code { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
`
