import { evaluate, type Scope } from './evaluate.ts'
import { invalid, isObject, type JsonObject } from './template.ts'

/** Says of each condition of a template whether it holds. @source AWS CloudFormation Template Reference, "Condition functions" */
export function conditionsOf(conditions: JsonObject, scope: Omit<Scope, 'condition'>): Scope['condition'] {
  const known = new Map<string, boolean>()
  const named = (name: string): boolean => {
    const before = known.get(name)
    if (before !== undefined) return before
    if (!Object.hasOwn(conditions, name))
      throw invalid(`Template error: unresolved condition dependency ${name} in Fn::If`)
    const value = holds(conditions[name])
    known.set(name, value)
    return value
  }
  const holds = (expression: unknown): boolean => {
    const [only] = isObject(expression) ? Object.entries(expression) : []
    if (only === undefined)
      throw invalid(
        'Template format error: Conditions can only be boolean operations on parameters and other conditions',
      )
    const [name, content] = only
    const operands = Array.isArray(content) ? content : []
    switch (name) {
      case 'Condition':
        return named(String(content))
      case 'Fn::Equals': {
        const [left, right] = operands.map((operand) => evaluate(operand, { ...scope, condition: named }))
        if (operands.length !== 2)
          throw invalid('Template error: every Fn::Equals object requires a list of 2 string parameters.')
        return String(left) === String(right)
      }
      case 'Fn::Not':
        return !holds(operands[0])
      case 'Fn::And':
        return operands.every(holds)
      case 'Fn::Or':
        return operands.some(holds)
      default:
        throw invalid(`Template error: ${name} is no condition`)
    }
  }
  return named
}
