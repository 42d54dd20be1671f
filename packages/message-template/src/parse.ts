/** A stretch of a template: words as typed, or a variable to be filled in. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }

/** Why a template cannot be saved. `index` is where it begins, in UTF-16 units of the content. */
export interface TemplateProblem {
  readonly code: 'unclosed_variable' | 'stray_brace' | 'bad_variable_name' | 'too_long' | 'empty'
  readonly index: number
  readonly message: string
}

export interface ParsedTemplate {
  readonly parts: readonly TemplatePart[]
  /** Names in order of first appearance, each once. */
  readonly variables: readonly string[]
  /** Empty when the template may be saved. */
  readonly problems: readonly TemplateProblem[]
}

/** Longest content of a template, in UTF-16 units. @source Twilio Messages API: Body holds up to 1,600 characters */
export const MAX_CONTENT_LENGTH = 1600

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/**
 * Reads a template: `{{name}}` is a variable, spaces inside the braces are forgiven, any other brace is a problem.
 * The one parser of the product: the guard on saving, the live editor and the renderer all stand on it.
 */
export function parseTemplate(content: string): ParsedTemplate {
  const parts: TemplatePart[] = []
  const problems: TemplateProblem[] = []
  const text = (value: string) => {
    if (value !== '') parts.push({ kind: 'text', text: value })
  }
  let at = 0
  while (at < content.length) {
    const brace = content.slice(at).search(/[{}]/)
    if (brace === -1) break
    const start = at + brace
    text(content.slice(at, start))
    if (!content.startsWith('{{', start)) {
      problems.push({
        code: 'stray_brace',
        index: start,
        message: `Write variables as {{name}}; a single ${content[start]} is not allowed`,
      })
      text(content.charAt(start))
      at = start + 1
      continue
    }
    const end = content.indexOf('}}', start + 2)
    if (end === -1) {
      problems.push({ code: 'unclosed_variable', index: start, message: 'Close the variable with }}' })
      text(content.slice(start))
      at = content.length
      break
    }
    const name = content.slice(start + 2, end).trim()
    if (NAME.test(name)) {
      parts.push({ kind: 'variable', name })
    } else {
      problems.push({
        code: 'bad_variable_name',
        index: start,
        message: 'A variable name begins with a letter and holds letters, digits and _ only',
      })
      text(content.slice(start, end + 2))
    }
    at = end + 2
  }
  text(content.slice(at))
  if (content.trim() === '') problems.push({ code: 'empty', index: 0, message: 'Write the message first' })
  if (content.length > MAX_CONTENT_LENGTH) {
    problems.push({
      code: 'too_long',
      index: MAX_CONTENT_LENGTH,
      message: `A message holds at most ${MAX_CONTENT_LENGTH.toLocaleString('en-US')} characters`,
    })
  }
  const variables = [...new Set(parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : [])))]
  return { parts, variables, problems }
}
