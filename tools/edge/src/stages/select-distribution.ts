import type { Distribution } from '@sax/topology'

/**
 * The distribution that has `host` among its aliases, or undefined: a name nobody claimed is refused with 403.
 * @source AWS CloudFront Developer Guide, "Use custom URLs by adding alternate domain names (CNAMEs)"
 */
export function selectDistribution(
  distributions: readonly Distribution[],
  host: string | null,
): Distribution | undefined {
  const name = host?.toLowerCase() ?? ''
  return distributions.find((distribution) => distribution.aliases.includes(name))
}
