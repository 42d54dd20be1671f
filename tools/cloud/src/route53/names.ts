/** A DNS name as Route 53 keeps it: in lower case, with a dot at the end. */
export function absolute(name: string): string {
  const lower = name.toLowerCase().replace(/\*/g, '\\052')
  return lower.endsWith('.') ? lower : `${lower}.`
}

/** The order in which Route 53 lists names: by label, from the end. @source Amazon Route 53 API Reference, "ListResourceRecordSets" */
export function compareNames(a: string, b: string): number {
  const [left, right] = [reversed(a), reversed(b)]
  return left === right ? 0 : left < right ? -1 : 1
}

function reversed(name: string): string {
  return absolute(name).split('.').slice(0, -1).reverse().join('.')
}
