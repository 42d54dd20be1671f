/** Stands for an expression that is not written out: a variable, a call, a template with values in it. */
export const NOT_LITERAL = Symbol('not a literal')

/** A value as far as the text alone says it; anything that would have to be run is `NOT_LITERAL`. */
export type JsLiteral =
  | string
  | number
  | boolean
  | null
  | undefined
  | typeof NOT_LITERAL
  | readonly JsLiteral[]
  | { readonly [key: string]: JsLiteral }

/**
 * The value of `export const <name> = …` in a module's text, read without running anything. `undefined`: there is no
 * such export. Only what Next itself can read statically is read; the rest is `NOT_LITERAL`.
 */
export function exportedLiteral(source: string, name: string): JsLiteral {
  const text = withoutComments(source)
  const found = new RegExp(`(?:^|[;\\n}])\\s*export\\s+(?:const|let|var)\\s+${name}\\b[^=]*=(?!=)`).exec(text)
  if (found === null) return new RegExp(`export\\s*\\{[^}]*\\b${name}\\b[^}]*\\}`).test(text) ? NOT_LITERAL : undefined
  return new Reader(text, found.index + found[0].length).value()
}

/** The text with spaces for comments; strings keep theirs. */
export function withoutComments(source: string): string {
  return source.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (whole, text: string | undefined) => text ?? whole.replace(/[^\n]/g, ' '),
  )
}

/** Nesting beyond this is no configuration. */
const MAX_DEPTH = 20

class Reader {
  readonly #text: string
  #at: number
  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  value(depth = 0): JsLiteral {
    const literal = depth > MAX_DEPTH ? this.#skip() : this.#literal(depth)
    this.#take(/\s*as\s+const\b/y)
    // `a + b`, `a ? b : c`, `a.b`: more of the expression follows.
    if (/[\s]*(?:[,\]};\n)]|$|satisfies\b|as\b)/y.test(this.#rest())) {
      this.#take(/\s*(?:satisfies|as)\s+[\w.<>[\]]+/y)
      return literal
    }
    return this.#skip()
  }

  #literal(depth: number): JsLiteral {
    this.#take(/\s+/y)
    const quoted = this.#take(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/y)
    if (quoted !== undefined) return quoted.startsWith('`') && quoted.includes('${') ? NOT_LITERAL : unquoted(quoted)
    const word = this.#take(/(?:true|false|null|undefined|-?\d+(?:\.\d+)?)\b/y)
    if (word !== undefined) return word === 'undefined' ? undefined : (JSON.parse(word) as JsLiteral)
    if (this.#take(/\[/y) !== undefined) return this.#list(depth)
    if (this.#take(/\{/y) !== undefined) return this.#record(depth)
    return NOT_LITERAL
  }

  #list(depth: number): JsLiteral {
    const items: JsLiteral[] = []
    while (this.#take(/\s*\]/y) === undefined) {
      if (this.#at >= this.#text.length) return NOT_LITERAL
      items.push(this.value(depth + 1))
      this.#take(/\s*,/y)
    }
    return items
  }

  #record(depth: number): JsLiteral {
    const entries: [string, JsLiteral][] = []
    while (this.#take(/\s*\}/y) === undefined) {
      const key = this.#take(/\s*(?:[\w$]+|"[^"\n]*"|'[^'\n]*')\s*:/y)
      // A spread, a method, a shorthand: what the object holds cannot be told.
      if (key === undefined) return this.#skipRecord()
      entries.push([
        key
          .replace(/\s*:$/, '')
          .trim()
          .replace(/^["']|["']$/g, ''),
        this.value(depth + 1),
      ])
      this.#take(/\s*,/y)
    }
    return Object.fromEntries(entries)
  }

  /** Passes the rest of an expression that is not read. */
  #skip(): typeof NOT_LITERAL {
    let open = 0
    for (; this.#at < this.#text.length; this.#at++) {
      if (this.#take(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/y) !== undefined) this.#at--
      const character = this.#text[this.#at] ?? ''
      if ('([{'.includes(character)) open++
      if (open === 0 && ',;)]}'.includes(character)) break
      if (')]}'.includes(character)) open--
    }
    return NOT_LITERAL
  }

  #skipRecord(): typeof NOT_LITERAL {
    do this.#skip()
    while (this.#take(/,/y) !== undefined)
    this.#take(/\}/y)
    return NOT_LITERAL
  }

  #rest(): string {
    return this.#text.slice(this.#at)
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) return undefined
    this.#at += match[0].length
    return match[0]
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' }

function unquoted(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi, (_whole, wide, four, two, one: string) => {
      const code: string | undefined = wide ?? four ?? two
      return code === undefined ? (ESCAPES[one] ?? one) : String.fromCodePoint(Number.parseInt(code, 16))
    })
}
