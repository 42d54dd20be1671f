import type { ProbeResult } from '@sax/probes'
import { tally, type VerifyReport } from './verify-report.ts'

/** The report for people: one file that needs nothing else, pictures included. */
export function reportHtml(report: VerifyReport, at: Date): string {
  const { kept, broken, unseen } = tally(report.results)
  const groups = [...new Set(report.results.map((result) => result.group))]
  const verdict =
    broken > 0
      ? `${broken} promises are broken`
      : unseen > 0
        ? `${unseen} promises were not seen`
        : 'Every promise is kept'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(verdict)} - zones verify ${text(report.stage)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 class="${broken > 0 ? 'broken' : unseen > 0 ? 'unseen' : 'kept'}">${text(verdict)}</h1>
<dl>
${fact('Site', `${report.hostUrl} and ${report.outreachUrl}`)}
${fact('Routing', report.routing)}
${fact('Release', report.release)}
${fact('Seen', `${at.toISOString()}, in ${(report.durationMs / 1000).toFixed(1)} s`)}
${fact('Promises', `${kept} kept, ${broken} broken, ${unseen} unseen`)}
</dl>
${groups
  .map((group) =>
    section(
      group,
      report.results.filter((result) => result.group === group),
    ),
  )
  .join('\n')}
${pictures(report)}
</main>
</body>
</html>
`
}

function section(group: string, results: readonly ProbeResult[]): string {
  const { kept } = tally(results)
  return `<section>
<h2>${text(group)} <small>${kept} of ${results.length} kept</small></h2>
<table><thead><tr><th>Outcome</th><th>Promise</th><th>Incidents</th><th class="number">ms</th></tr></thead><tbody>
${results
  .toSorted((a, b) => rank(a) - rank(b))
  .map(row)
  .join('\n')}
</tbody></table>
</section>`
}

function row({ id, title, outcome, findings, evidence, incidents, durationMs }: ProbeResult): string {
  const why = findings.length === 0 ? '' : `<ul>${findings.map((finding) => `<li>${text(finding)}</li>`).join('')}</ul>`
  const seen = evidence.map((one) => `<li><code>${text(one.question)}</code> ${text(one.answer)}</li>`).join('')
  const asked = seen === '' ? '' : `<details><summary>What was asked and answered</summary><ul>${seen}</ul></details>`
  return `<tr id="${text(id)}"><td><span class="mark ${outcome}">${outcome}</span></td>
<td>${text(title)} <code class="id">${text(id)}</code>${why}${asked}</td>
<td>${text(incidents.join(' '))}</td><td class="number">${durationMs}</td></tr>`
}

function pictures(report: VerifyReport): string {
  if (report.pictures.length === 0) return ''
  const figures = report.pictures.map(
    ({ title, jpeg }) =>
      `<figure><img alt="Screenshot of ${text(title)}" loading="lazy" src="data:image/jpeg;base64,${jpeg.toString('base64')}"><figcaption>${text(title)}</figcaption></figure>`,
  )
  return `<section><h2>Screens</h2><div class="pictures">${figures.join('\n')}</div></section>`
}

function rank({ outcome }: ProbeResult): number {
  return ['broken', 'unseen', 'kept'].indexOf(outcome)
}

function fact(name: string, value: string): string {
  return `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --kept: #15803d; --broken: #b91c1c; --unseen: #a16207; }
@media (prefers-color-scheme: dark) { :root { --kept: #4ade80; --broken: #f87171; --unseen: #facc15; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; } h1.kept { color: var(--kept); } h1.broken { color: var(--broken); } h1.unseen { color: var(--unseen); }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; } h2 small { font-weight: 400; opacity: .7; margin-left: .5rem; }
dl { display: grid; gap: .25rem; margin: 0; } dl div { display: flex; gap: 1rem; } dt { width: 6rem; opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; } th { text-align: left; font-weight: 500; opacity: .7; }
th:nth-child(1) { width: 4.5rem; } th:nth-child(3) { width: 6rem; } th:nth-child(4) { width: 4rem; }
th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.mark { font-weight: 600; } .mark.kept { color: var(--kept); } .mark.broken { color: var(--broken); } .mark.unseen { color: var(--unseen); }
code { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; } code.id { opacity: .65; margin-left: .35rem; }
ul { margin: .25rem 0 .25rem 1.1rem; padding: 0; } summary { cursor: pointer; opacity: .7; font-size: 13px; }
.pictures { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); }
figure { margin: 0; } img { width: 100%; border: 1px solid var(--line); border-radius: 6px; } figcaption { opacity: .7; font-size: 13px; }
`
