import type { Distribution } from '../config/distribution.ts'

/**
 * The enabled distribution that has `host` among its names, or undefined: a name nobody claimed is refused with 403.
 * A port counts only where an alias has one, as on a laptop. An exact alias wins over `*.example.com`.
 * @source AWS CloudFront Developer Guide, "Use custom URLs by adding alternate domain names (CNAMEs)"
 */
export function selectDistribution<Known extends Pick<Distribution, 'aliases' | 'domainName' | 'enabled'>>(
  distributions: readonly Known[],
  host: string | null,
): Known | undefined {
  const full = host?.toLowerCase() ?? ''
  const enabled = distributions.filter(({ enabled }) => enabled)
  for (const name of [full, full.replace(/:\d*$/, '')]) {
    const exact = enabled.find(({ aliases, domainName }) =>
      [...aliases, domainName].some((alias) => alias.toLowerCase() === name),
    )
    const found = exact ?? enabled.find(({ aliases }) => aliases.some((alias) => isCovered(name, alias.toLowerCase())))
    if (found !== undefined) return found
  }
  return undefined
}

/** The star of an alias is one label. */
function isCovered(name: string, alias: string): boolean {
  if (!alias.startsWith('*.')) return false
  const label = name.slice(0, -alias.length + 1)
  return name.endsWith(alias.slice(1)) && label !== '' && !label.includes('.')
}
