import { parseTemplate } from '@sax/message-template'

export type CheckedContent =
  | { readonly kind: 'ok'; readonly variables: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string }

/** What the parser says of a template's content: its variables, or the first thing to mend. */
export function checkContent(content: string): CheckedContent {
  // Half of a surrogate pair cannot be stored as typed.
  if (!content.isWellFormed()) return { kind: 'refused', message: 'The text holds a broken character' }
  const { variables, problems } = parseTemplate(content)
  const [problem] = problems
  return problem === undefined ? { kind: 'ok', variables } : { kind: 'refused', message: problem.message }
}
