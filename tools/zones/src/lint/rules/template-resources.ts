import type { Finding, RuleId, Severity } from '../finding.ts'
import type { InspectedTemplate, LintModel } from '../model.ts'

type Resource = InspectedTemplate['resources'][number]

/** Runs over every resource of a type in every template; what is said is about a name, not a path. */
export function ofResources(
  rule: RuleId,
  severity: Severity,
  type: string,
  judge: (properties: Resource['properties'], resource: Resource, template: InspectedTemplate) => readonly Said[],
) {
  return ({ templates }: LintModel): readonly Finding[] =>
    templates.flatMap((template) =>
      template.resources
        .filter((resource) => resource.type === type)
        .flatMap((resource) =>
          judge(resource.properties, resource, template).map((said) => ({
            rule,
            severity,
            witness: '/',
            file: template.file,
            where: `${template.file}: ${resource.logicalId}`,
            ...said,
          })),
        ),
    )
}

interface Said {
  readonly why: string
  readonly fix: string
}

/** The environment of a function, by name; a value that refers to something not yet made is that reference's text. */
export function environmentOf(properties: Resource['properties']): Readonly<Record<string, unknown>> {
  return record(record(properties.Environment).Variables)
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
