/**
 * What releases own and infrastructure writes once: versions, where the alias `live` points, and code. A change to any
 * property of an alias would send its first version again, and production would answer with the placeholder.
 * Without a property the question is about the resource as a whole.
 */
export function isReleaseOwned(type: string, property?: string): boolean {
  if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') return true
  return type === 'AWS::Lambda::Function' && property === 'Code'
}
