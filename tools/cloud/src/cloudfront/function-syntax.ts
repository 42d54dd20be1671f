import { parseSync, Visitor } from 'oxc-parser'

/**
 * What of the language a function at the edge uses that its runtime does not have, in the words of the language; undefined
 * when there is nothing. The runtime is ECMAScript 5.1 with what its documentation lists of later editions; of the later
 * editions' syntax that is const, let, async and await, arrow functions, rest parameters, template literals and `**`.
 * @source AWS CloudFront Developer Guide, "JavaScript runtime 2.0 features for CloudFront Functions" ("list all supported features")
 */
export function unknownSyntax(code: string): string | undefined {
  const found: { readonly at: number; readonly what: string }[] = []
  const is = (what: string) => (node: { readonly start: number }) => void found.push({ at: node.start, what })
  new Visitor({
    ForOfStatement: is('for-of'),
    ClassDeclaration: is('a class'),
    ClassExpression: is('a class'),
    ObjectPattern: is('destructuring'),
    ArrayPattern: is('destructuring'),
    AssignmentPattern: is('a default value'),
    SpreadElement: is('spread'),
    YieldExpression: is('a generator'),
    ChainExpression: is('optional chaining'),
    ImportExpression: is('import()'),
    LogicalExpression(node) {
      if (node.operator === '??') is('??')(node)
    },
    Property(node) {
      if (node.shorthand) is('a shorthand property')(node)
      if (node.method) is('a method in an object')(node)
      if (node.computed) is('a computed property')(node)
    },
  }).visit(parseSync('function.js', code).program)
  const [first] = found.toSorted((a, b) => a.at - b.at)
  if (first === undefined) return undefined
  return `${first.what} in line ${code.slice(0, first.at).split('\n').length}`
}
