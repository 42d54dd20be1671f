import { inOrder } from './order.ts'
import { referencesIn } from './references.ts'
import { invalid, type Template } from './template.ts'

/** @throws AwsError ValidationError for names that stand for nothing, and for resources that wait for one another */
export function checkReferences(template: Template): void {
  const { parameters, resources, outputs, conditions } = template
  const isThere = (name: string) => Object.hasOwn(parameters, name) || Object.hasOwn(resources, name)
  const unresolved = (block: string, values: readonly unknown[]) => {
    const names = [...new Set(values.flatMap(referencesIn).map(({ target }) => target))].filter(
      (name) => !isThere(name),
    )
    if (names.length === 0) return
    const prefix = block === 'Resources' ? 'Template format error: ' : ''
    throw invalid(
      `${prefix}Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`,
    )
  }
  unresolved(
    'Resources',
    Object.values(resources).map(({ properties }) => properties),
  )
  unresolved(
    'Outputs',
    Object.values(outputs).map(({ value }) => value),
  )
  for (const [id, { dependsOn, condition }] of Object.entries(resources)) {
    const [missing] = dependsOn.filter((name) => !Object.hasOwn(resources, name))
    if (missing !== undefined) {
      throw invalid(
        `Template format error: Unresolved resource dependencies [${missing}] in the Resources block of the template`,
      )
    }
    if (condition !== undefined && !Object.hasOwn(conditions, condition)) {
      throw invalid(`Template format error: Unresolved condition dependency [${condition}] in resource ${id}`)
    }
  }
  inOrder(resources)
}
