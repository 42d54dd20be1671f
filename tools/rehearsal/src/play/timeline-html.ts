import { clock, isGreen, stepsText, type Timeline } from './timeline.ts'

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one)

/** The timeline as a page of its own: bars where acts lie in time, and the steps that the commands measured. */
export function timelineHtml(timeline: Timeline): string {
  const { stage, routing, startedAt, acts } = timeline
  const wholeMs = Math.max(1, ...acts.map(({ startedMs, tookMs }) => startedMs + tookMs))
  const percent = (ms: number) => `${((ms / wholeMs) * 100).toFixed(2)}%`
  const rows = acts.map(({ title, startedMs, tookMs, isRight, told, incidents, steps }) => {
    const bar = `<span class="bar" style="left:${percent(startedMs)};width:max(2px,${percent(tookMs)})"></span>`
    const measured = escaped(stepsText(steps))
    return `<tr class="${isRight ? 'right' : 'otherwise'}">
<td class="mark">${isRight ? '✔' : '✖'}</td>
<td class="number">${clock(startedMs)}</td>
<td class="number">${(tookMs / 1000).toFixed(1)} s</td>
<td><b>${escaped(title)}</b>${incidents.length > 0 ? ` <small>${incidents.join(', ')}</small>` : ''}
<div class="told">${escaped(told)}</div>${measured === '' ? '' : `<div class="steps">${measured}</div>`}</td>
<td class="track">${bar}</td>
</tr>`
  })
  const right = acts.filter(({ isRight }) => isRight).length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rehearsal of ${escaped(stage)}, ${routing} routing</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#e2e5ea, #33383f); --soft: light-dark(#5b6470, #9aa3af);
  --good: light-dark(#18794e, #4cc38a); --bad: light-dark(#c2292e, #ff8589); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; } p { color: var(--soft); margin: .25rem 0 1.5rem; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.right .mark { color: var(--good); } .otherwise .mark, .otherwise .told { color: var(--bad); }
.told { white-space: pre-wrap; overflow-wrap: anywhere; } .steps, small { color: var(--soft); font-size: .85em; }
.track { position: relative; width: 26%; min-width: 8rem; }
.bar { position: absolute; top: .8rem; height: .65rem; border-radius: 2px; background: var(--good); }
.otherwise .bar { background: var(--bad); }
@media (max-width: 45rem) { .track { display: none; } }
</style></head><body>
<h1>Rehearsal of ${escaped(stage)}, ${routing} routing</h1>
<p>${right} of ${acts.length} acts came out as they have to${isGreen(timeline) ? '' : ': this rehearsal has failed'} · ${escaped(startedAt)} · ${clock(wholeMs)} in all</p>
<table><thead><tr><th></th><th class="number">at</th><th class="number">took</th><th>act</th><th class="track">when</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>
</body></html>
`
}
