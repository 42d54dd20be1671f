import { parseSync, Visitor } from 'oxc-parser'

export interface At {
  /** From 1. */
  readonly line: number
}
export interface Import extends At {
  readonly specifier: string
}
export interface Named extends At {
  readonly name: string
}
export interface Text extends At {
  readonly value: string
}

/** What the checks need to know of one file. Comments are not among it. */
export interface ParsedModule {
  /** Static imports, re-exports and `import('…')` of a literal, types included. */
  readonly imports: readonly Import[]
  readonly exports: readonly Named[]
  /** Every identifier that is written. */
  readonly identifiers: readonly Named[]
  /** String literals, the fixed pieces of templates and text between JSX tags. */
  readonly texts: readonly Text[]
  /** Places that read the process's environment. */
  readonly environmentReads: readonly At[]
}

/** @throws SyntaxError when the file cannot be parsed. */
export function parseModule(file: string, source: string): ParsedModule {
  const parsed = parseSync(file, source)
  const broken = parsed.errors.find((error) => error.severity === 'Error')
  if (broken) throw new SyntaxError(`${file}: ${broken.message}`)

  const lineOf = lineFinder(source)
  const imports: Import[] = []
  const exports: Named[] = []
  const identifiers: Named[] = []
  const texts: Text[] = []
  const environmentReads: At[] = []
  const readsEnvironment = (start: number) => environmentReads.push({ line: lineOf(start) })

  for (const { moduleRequest } of parsed.module.staticImports) {
    imports.push({ specifier: moduleRequest.value, line: lineOf(moduleRequest.start) })
  }
  for (const { start, entries } of parsed.module.staticExports) {
    const from = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest
    if (from) imports.push({ specifier: from.value, line: lineOf(from.start) })
    for (const { exportName } of entries) {
      if (exportName.name !== null) exports.push({ name: exportName.name, line: lineOf(exportName.start ?? start) })
    }
  }

  new Visitor({
    ImportExpression({ source: from }) {
      if (from.type === 'Literal' && typeof from.value === 'string') {
        imports.push({ specifier: from.value, line: lineOf(from.start) })
      }
    },
    ImportDeclaration({ source: from, specifiers, start }) {
      const named = specifiers.some(
        (one) => one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' && one.imported.name === 'env',
      )
      if (/^(node:)?process$/.test(from.value) && named) readsEnvironment(start)
    },
    Identifier({ name, start }) {
      identifiers.push({ name, line: lineOf(start) })
    },
    JSXIdentifier({ name, start }) {
      identifiers.push({ name, line: lineOf(start) })
    },
    Literal(node) {
      if (typeof node.value === 'string') texts.push({ value: node.value, line: lineOf(node.start) })
    },
    TemplateElement({ value, start }) {
      texts.push({ value: value.cooked ?? value.raw, line: lineOf(start) })
    },
    JSXText({ value, start }) {
      texts.push({ value, line: lineOf(start) })
    },
    MemberExpression({ object, property, start }) {
      const name = property.type === 'Identifier' ? property.name : property.type === 'Literal' ? property.value : null
      const ofProcess = object.type === 'Identifier' && object.name === 'process'
      if (name === 'env' && (ofProcess || object.type === 'MetaProperty')) readsEnvironment(start)
    },
    VariableDeclarator({ id, init, start }) {
      const fromProcess = init?.type === 'Identifier' && init.name === 'process'
      if (fromProcess && id.type === 'ObjectPattern' && /\benv\b/.test(source.slice(id.start, id.end))) {
        readsEnvironment(start)
      }
    },
  }).visit(parsed.program)

  return { imports, exports, identifiers, texts, environmentReads }
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0]
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
