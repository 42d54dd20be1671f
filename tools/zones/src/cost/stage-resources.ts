type Properties = Readonly<Record<string, unknown>>

/** A stack's template, as far as its resources are counted. */
export interface CountedTemplate {
  readonly template: {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>
  }
}

/** Every resource of a stage's templates, by its type. */
export class StageResources {
  readonly #byType: ReadonlyMap<string, readonly Properties[]>

  constructor(templates: readonly CountedTemplate[]) {
    const byType = new Map<string, Properties[]>()
    for (const { template } of templates) {
      for (const { Type, Properties = {} } of Object.values(template.Resources)) {
        byType.set(Type, [...(byType.get(Type) ?? []), Properties])
      }
    }
    this.#byType = byType
  }

  get types(): readonly string[] {
    return [...this.#byType.keys()].sort()
  }

  /** Properties of every resource of that type. */
  of(type: string): readonly Properties[] {
    return this.#byType.get(type) ?? []
  }

  count(type: string): number {
    return this.of(type).length
  }
}

/** The items of a property that is a list; none when it is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What a property that is a record says under `key`. */
export function within(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Properties)[key] : undefined
}
