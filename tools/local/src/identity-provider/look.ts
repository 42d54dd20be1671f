/** The product's look without the product's build: colours, type and spacing as the design tokens have them. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f8fa; --text: #10202f; --card: #fff; --soft: #4c5b6c; --line: #e0e6ec; --hover: #eef2f6; --accent: #0e6a75; --tint: #e3f1f3; --on-tint: #0a535c }
@media (prefers-color-scheme: dark) { :root { --page: #0c131a; --text: #e5ecf3; --card: #121b24; --soft: #a2b2c2; --line: #25323f; --hover: #1c2833; --accent: #4fb8c3; --tint: #14343b; --on-tint: #93e0e7 } }
* { box-sizing: border-box }
body { margin: 0; padding: 2.5rem 1rem; background: var(--page); color: var(--text); font: 15px/1.45 Inter, ui-sans-serif, system-ui, "Segoe UI", sans-serif }
main { margin: 0 auto; width: 100% }
.narrow { max-width: 28rem } .wide { max-width: 56rem }
.brand { margin: 0 0 1.5rem; color: var(--accent); font-weight: 600 }
h1 { margin: 0; font-size: 1.375rem; font-weight: 600; letter-spacing: -.01em }
h1 ~ p { margin: .375rem 0 1.5rem; color: var(--soft) }
h2 { margin: 0 0 .5rem; font-size: .8125rem; font-weight: 600; color: var(--soft) }
a { color: var(--accent) }
form { display: grid; gap: 1.5rem; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)) }
ul { margin: 0; padding: 0; list-style: none; overflow: hidden; background: var(--card); border: 1px solid var(--line); border-radius: .625rem }
li + li { border-top: 1px solid var(--line) }
button { display: flex; gap: .75rem; align-items: center; width: 100%; min-height: 3.5rem; padding: .5rem .875rem; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer }
button:hover { background: var(--hover) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: .5rem }
.mark { flex: none; display: grid; place-items: center; width: 2.125rem; height: 2.125rem; border-radius: 50%; background: var(--tint); color: var(--on-tint); font-size: .75rem; font-weight: 600 }
.who { flex: 1; min-width: 0 } .who b { display: block; font-weight: 500 } .who small { color: var(--soft); font-size: .8125rem }
.role { flex: none; color: var(--soft); font-size: .8125rem }
.plain { width: auto; border: 1px solid var(--line); border-radius: .5rem }
@media (max-width: 24rem) { button { flex-wrap: wrap; row-gap: 0 } .who { flex-basis: 60% } .role { flex-basis: 100%; padding-left: 2.875rem } }
`
