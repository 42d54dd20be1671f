import { type FunctionState, type Version, versionOf } from './function-state.ts'

/**
 * The version that an invocation gets: an alias with weights gives it by chance, each time anew.
 * @param random from 0 to below 1
 * @source AWS Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias"
 * @throws AwsError ResourceNotFoundException
 */
export function chooseVersion(fn: FunctionState, qualifier: string | undefined, random: () => number): Version {
  const alias = qualifier === undefined ? undefined : fn.aliases.get(qualifier)
  const [other] = Object.entries(alias?.routing?.AdditionalVersionWeights ?? {})
  const isOther = other !== undefined && random() < other[1]
  return versionOf(fn, isOther ? other[0] : qualifier)
}
