/** The product's look without the product's build: colours, type and spacing as the design tokens have them. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f8fa; --text: #10202f; --card: #fff; --soft: #4c5b6c; --line: #e0e6ec; --edge: #7d8b99; --hover: #eef2f6; --accent: #0e6a75; --on-accent: #fff; --tint: #e3f1f3; --on-tint: #0a535c; --bad: #a4262c; --warn: #fdf1d8; --on-warn: #6a4a00 }
@media (prefers-color-scheme: dark) { :root { --page: #0c131a; --text: #e5ecf3; --card: #121b24; --soft: #a2b2c2; --line: #25323f; --edge: #71808f; --hover: #1c2833; --accent: #4fb8c3; --on-accent: #06222a; --tint: #14343b; --on-tint: #93e0e7; --bad: #ff9a9a; --warn: #362a10; --on-warn: #f3cf86 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 90rem; padding: 1.25rem 1rem 2rem; background: var(--page); color: var(--text); font: 15px/1.45 Inter, ui-sans-serif, system-ui, "Segoe UI", sans-serif }
h1, h2, p { margin: 0 }
h1 { font-size: 1.375rem; font-weight: 600; letter-spacing: -.01em }
h2 { font-size: .9375rem; font-weight: 600; overflow-wrap: anywhere }
a { color: var(--accent) }
.brand { color: var(--accent); font-weight: 600; font-size: .8125rem }
.top { display: flex; flex-wrap: wrap; gap: .75rem 2rem; align-items: end; justify-content: space-between; margin-bottom: 1rem }
.open { flex: 0 1 26rem; min-width: min(100%, 16rem) }
.row { display: flex; gap: .5rem } .row input { flex: 1; min-width: 0 }
label { display: block; font-size: .8125rem; color: var(--soft) }
input, select, textarea, button { font: inherit; color: inherit }
input, select, textarea { width: 100%; min-height: 2.25rem; padding: .375rem .625rem; background: var(--card); border: 1px solid var(--edge); border-radius: .5rem }
.phone select { font-size: .875rem; text-overflow: ellipsis }
input[type=file] { padding: .25rem; border-color: var(--line); font-size: .8125rem }
input[type=file]::file-selector-button { font: inherit; color: inherit; background: var(--hover); border: 0; border-radius: .375rem; padding: .25rem .625rem; margin-right: .5rem }
textarea { resize: vertical; display: block }
button { min-height: 2.25rem; padding: .25rem .75rem; background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; white-space: nowrap }
button:hover { background: var(--hover) }
.send { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600 }
.send:hover { background: var(--accent); filter: brightness(1.08) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
nav { display: flex; flex-wrap: wrap; gap: .25rem .75rem; font-size: .8125rem; color: var(--soft) }
nav:not(:empty) { margin-bottom: 1rem }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: 0; padding: 0; list-style: none }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)) }
.none { grid-column: 1 / -1; padding: 3rem 1rem; text-align: center; color: var(--soft); border: 1px dashed var(--edge); border-radius: .75rem }
.phone { display: flex; flex-direction: column; min-width: 0; width: 100%; max-width: 36rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; overflow: hidden }
.phone > header { display: flex; gap: .5rem; align-items: start; justify-content: space-between; padding: .75rem .875rem; border-bottom: 1px solid var(--line) }
.phone > header p { color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums }
.close { font-size: .8125rem; padding: .125rem .25rem }
.stopped { background: var(--warn); color: var(--on-warn); font-size: .8125rem; padding: .375rem .875rem }
.stopped:empty, .problem:empty { display: none }
.screen { display: flex; flex-direction: column; gap: .5rem; height: 23rem; overflow-y: auto; padding: .875rem; background: var(--page) }
.screen:focus-visible { outline-offset: -2px }
.screen:empty::after { content: "Nothing yet. Write below, or send something from Outreach."; margin: auto; max-width: 14rem; text-align: center; color: var(--soft); font-size: .8125rem }
.bubble { max-width: 85%; padding: .5rem .75rem; border-radius: 1rem; background: var(--card); border: 1px solid var(--line); align-self: flex-start; border-bottom-left-radius: .25rem }
.bubble p { white-space: pre-wrap; overflow-wrap: anywhere }
.bubble img { display: block; max-width: 100%; max-height: 14rem; min-width: 4rem; border-radius: .5rem; margin: .25rem 0 }
.bubble small { color: var(--soft); font-size: .75rem }
.mine { align-self: flex-end; background: var(--tint); border-color: var(--tint); color: var(--on-tint); border-radius: 1rem 1rem .25rem 1rem }
.mine small { color: var(--on-tint) }
.carrier { align-self: center; max-width: 92%; background: none; border-style: dashed; border-color: var(--edge); border-radius: .75rem; font-size: .8125rem }
.lost { border-style: dashed; border-color: var(--bad); background: none } .lost p { color: var(--soft) } .lost small { color: var(--bad) }
.phone form { display: grid; gap: .25rem; padding: .75rem .875rem .875rem; border-top: 1px solid var(--line) }
.phone form label:not(:first-child) { margin-top: .375rem }
.acts { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: space-between; margin-top: .5rem }
.keywords { display: flex; flex-wrap: wrap; gap: .25rem } .keywords button { font-size: .75rem; padding: .25rem .5rem }
.problem { color: var(--bad); font-size: .8125rem }
footer { display: grid; gap: .5rem; margin-top: 1.5rem }
details { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .625rem .875rem }
summary { cursor: pointer; font-weight: 500 }
.behaviour { display: grid; gap: .75rem; align-items: end; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); margin-top: .75rem }
dl { margin: .75rem 0 0; display: grid; gap: .375rem } dl div { display: flex; flex-wrap: wrap; gap: 0 1rem } dt { font-variant-numeric: tabular-nums } dd { margin: 0; color: var(--soft) }
`
