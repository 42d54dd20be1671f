import { ofResources } from './template-resources.ts'

/** A URL without a qualifier follows $LATEST: moving the alias back changes nothing for anybody. */
export const urlNotOnAlias = ofResources('url-not-on-alias', 'error', 'AWS::Lambda::Url', (properties) => {
  const bound = properties.Qualifier ?? /:function:[^:]+:([^:]+)$/.exec(String(properties.TargetFunctionArn))?.[1]
  if (bound !== undefined) return []
  return [
    {
      why: 'The URL follows the newest code, not the alias that releases and rollbacks move.',
      fix: 'Qualifier: live, and permissions on the alias.',
    },
  ]
})
