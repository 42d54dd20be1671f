import { type Finding, type RuleId, ruleBook } from '../finding.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** Findings for a pull request. @source OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0" */
export function asSarif(findings: readonly Finding[]): string {
  const ids = Object.keys(ruleBook) as readonly RuleId[]
  return JSON.stringify(
    {
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'zones lint',
              rules: ids.map((id) => ({
                id,
                shortDescription: { text: ruleBook[id].says },
                properties: { tags: ruleBook[id].ids },
              })),
            },
          },
          results: findings.map((finding) => ({
            ruleId: finding.rule,
            ruleIndex: ids.indexOf(finding.rule),
            level: finding.severity,
            message: { text: `${finding.why} Witness: ${finding.witness}. Fix: ${finding.fix}` },
            locations: [
              {
                physicalLocation: { artifactLocation: { uri: uriOf(finding.file) } },
                logicalLocations: [{ fullyQualifiedName: finding.where }],
              },
            ],
          })),
        },
      ],
    },
    null,
    2,
  )
}

/** A relative reference; what is compiled and in no file is annotated where it is compiled. */
function uriOf(file: string): string {
  const path = file
    .replace(/ \(.*\)$/, '')
    .replace(/^\.\//, '')
    .replaceAll('\\', '/')
  return path.split('/').map(encodeURIComponent).join('/')
}
