import { referencesIn } from './references.ts'
import { type Definition, invalid } from './template.ts'

/** Logical ids that a resource has to wait for: those it names and those it depends on. */
export function dependenciesOf(
  { properties, dependsOn }: Pick<Definition, 'properties' | 'dependsOn'>,
  resources: Readonly<Record<string, unknown>>,
): readonly string[] {
  const named = referencesIn(properties).map(({ target }) => target)
  return [...new Set([...dependsOn, ...named])].filter((name) => Object.hasOwn(resources, name))
}

/** Logical ids so that each comes after all that it waits for. @throws AwsError ValidationError when they wait in a circle */
export function inOrder(resources: Readonly<Record<string, Definition>>): readonly string[] {
  const waiting = new Map(Object.entries(resources).map(([id, one]) => [id, dependenciesOf(one, resources)]))
  const ordered: string[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, others]) => others.every((other) => !waiting.has(other))).map(([id]) => id)
    if (ready.length === 0) {
      throw invalid(`Circular dependency between resources: [${[...waiting.keys()].join(', ')}]`)
    }
    for (const id of ready) waiting.delete(id)
    ordered.push(...ready)
  }
  return ordered
}
