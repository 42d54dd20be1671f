import { parseTemplate, type TemplateProblem } from '@sax/message-template'

/** A stretch of a message as the editor draws it. All stretches together are the message, character for character. */
export interface Stretch {
  readonly kind: 'text' | 'variable' | 'problem'
  readonly start: number
  readonly text: string
}

interface Mark {
  readonly kind: 'variable' | 'problem'
  readonly start: number
  readonly end: number
}

/** The message cut where variables and mistakes begin and end. */
export function stretches(content: string): readonly Stretch[] {
  const cut: Stretch[] = []
  let at = 0
  for (const { kind, start, end } of marks(content)) {
    if (start > at) cut.push({ kind: 'text', start: at, text: content.slice(at, start) })
    cut.push({ kind, start, text: content.slice(start, end) })
    at = end
  }
  if (at < content.length) cut.push({ kind: 'text', start: at, text: content.slice(at) })
  return cut
}

/** A mistake with the words around it. */
export interface ShownProblem {
  readonly problem: TemplateProblem
  readonly before: string
  readonly offending: string
  readonly after: string
  /** What to select in the message, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

/** Words shown on either side of a mistake. */
const CONTEXT = 16

/** The mistakes that have a place in the message, each with the words around it. */
export function shownProblems(content: string): readonly ShownProblem[] {
  return parseTemplate(content)
    .problems.filter(({ code }) => code !== 'empty' && code !== 'too_long')
    .map((problem) => {
      const { index: start } = problem
      const end = endOf(content, problem)
      return {
        problem,
        start,
        end,
        before: excerpt(content.slice(0, start), 'end'),
        offending: content.slice(start, end),
        after: excerpt(content.slice(end), 'start'),
      }
    })
}

function marks(content: string): readonly Mark[] {
  const { parts, problems } = parseTemplate(content)
  const variables: Mark[] = []
  let at = 0
  for (const part of parts) {
    const end = part.kind === 'text' ? at + part.text.length : content.indexOf('}}', at) + 2
    if (part.kind === 'variable') variables.push({ kind: 'variable', start: at, end })
    at = end
  }
  const mistakes = problems
    .filter(({ code }) => code !== 'empty' && code !== 'too_long')
    .map((problem): Mark => ({ kind: 'problem', start: problem.index, end: endOf(content, problem) }))
  return [...variables, ...mistakes].toSorted((one, other) => one.start - other.start)
}

function endOf(content: string, { code, index }: TemplateProblem): number {
  if (code === 'bad_variable_name') return content.indexOf('}}', index + 2) + 2
  return index + (code === 'unclosed_variable' ? 2 : 1)
}

function excerpt(text: string, side: 'start' | 'end'): string {
  // Cut between code points: half an emoji would be shown as a box.
  const points = [...text.replace(/\s+/g, ' ')]
  if (points.length <= CONTEXT) return points.join('')
  return side === 'start' ? `${points.slice(0, CONTEXT).join('')}…` : `…${points.slice(-CONTEXT).join('')}`
}
