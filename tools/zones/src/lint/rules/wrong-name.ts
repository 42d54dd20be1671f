import type { Finding } from '../finding.ts'
import { isFunctionLogGroup, type Named, namesIn } from '../resource-names.ts'
import type { Rule } from './rule.ts'

/** A log group that differs from a function's own by a dash gets no line, and nobody notices until they look for one. */
export const wrongName: Rule = ({ templates, names }) =>
  templates.flatMap((template) => {
    const { functions, logGroups } = namesIn(template)
    const known = [...functions.map((name) => `/aws/lambda/${name}`), ...names.logGroups]
    return logGroups
      .filter(({ name }) => isFunctionLogGroup(name) && !known.includes(name))
      .flatMap(({ logicalId, name }: Named): Finding[] => {
        const meant = known.find((other) => bare(other) === bare(name))
        if (meant === undefined) return []
        return [
          {
            rule: 'wrong-name',
            severity: 'error',
            witness: '/',
            file: template.file,
            where: `${template.file}: ${logicalId}`,
            why: `${name} is nobody's log group; the function writes to ${meant}.`,
            fix: `Write ${meant}; take names from the topology.`,
          },
        ]
      })
  })

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9/]/g, '')
}
