import localFont from 'next/font/local'

/** Inter for plain Latin text: what nearly every page needs, so it is loaded ahead. */
const plain = localFont({
  src: '../../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
})

/** Letters of other languages in Latin script; fetched when a name holds one. @source Fontsource, Inter, latin-ext.css */
const extended = localFont({
  src: '../../../../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF',
    },
  ],
})

/** What stylesheets call the fonts. */
export const fontVariables = `:root{--font-inter-plain:${plain.style.fontFamily};--font-inter-extended:${extended.style.fontFamily}}`
