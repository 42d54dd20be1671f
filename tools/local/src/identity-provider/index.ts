export { type DirectoryPerson, samplePeople } from './directory.ts'
export { createProvider } from './provider.ts'
export { createIdentityServer } from './server.ts'
export { keptSigningKeys } from './signing-keys.ts'
