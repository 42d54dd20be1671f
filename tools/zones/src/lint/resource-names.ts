import type { InspectedTemplate } from './model.ts'

export interface Named {
  readonly logicalId: string
  readonly name: string
}

/** The function names of a template, and the log groups that anything in it names. */
export function namesIn({ resources }: InspectedTemplate): {
  readonly functions: readonly string[]
  readonly logGroups: readonly Named[]
} {
  const functions = resources.flatMap(({ type, properties }) =>
    type === 'AWS::Lambda::Function' && typeof properties.FunctionName === 'string' ? [properties.FunctionName] : [],
  )
  const logGroups = resources.flatMap(({ logicalId, properties }) =>
    [...new Set(JSON.stringify(properties).match(/\/aws\/lambda\/[\w.-]+/g) ?? [])].map((name) => ({
      logicalId,
      name,
    })),
  )
  return { functions, logGroups }
}

export function isFunctionLogGroup(name: string): boolean {
  return name.startsWith('/aws/lambda/')
}
