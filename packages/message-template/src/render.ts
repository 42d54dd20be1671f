import { parseTemplate } from './parse.ts'

/** Variables the product fills by itself, with the words a coordinator knows them by. */
export const knownVariables = {
  firstName: "Patient's first name",
  lastName: "Patient's last name",
  fullName: "Patient's full name",
  practiceName: 'Practice name',
  practicePhone: 'Practice phone number',
  coordinatorName: 'Your name',
} as const

export type KnownVariable = keyof typeof knownVariables

export interface RenderedTemplate {
  /** The message; a variable without a value stays as `{{name}}`. */
  readonly text: string
  /** Names without a value, in order of appearance. */
  readonly missing: readonly string[]
}

/** Fills a template. A blank value counts as missing. Values are inserted as they are, never parsed again. */
export function renderTemplate(
  content: string,
  values: Readonly<Record<string, string | undefined>>,
): RenderedTemplate {
  const { parts, variables } = parseTemplate(content)
  const given = (name: string) => (Object.hasOwn(values, name) && values[name]?.trim() ? values[name] : undefined)
  return {
    text: parts.map((part) => (part.kind === 'text' ? part.text : (given(part.name) ?? `{{${part.name}}}`))).join(''),
    missing: variables.filter((name) => given(name) === undefined),
  }
}
