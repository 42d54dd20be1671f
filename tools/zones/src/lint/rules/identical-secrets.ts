import { environmentOf, ofResources } from './template-resources.ts'

/** The host's session key and the key that signs user contexts open different doors. */
export const identicalSecrets = ofResources('identical-secrets', 'error', 'AWS::Lambda::Function', (properties) => {
  const { AUTH0_SECRET: session, AUTH0_CLIENT_SECRET: signing } = environmentOf(properties)
  if (session === undefined || JSON.stringify(session) !== JSON.stringify(signing)) return []
  return [
    {
      why: 'AUTH0_SECRET and AUTH0_CLIENT_SECRET have one value: whoever verifies user contexts can open every session.',
      fix: 'Two secrets. A zone needs the signing secret alone.',
    },
  ]
})
