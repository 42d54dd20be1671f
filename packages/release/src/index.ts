export {
  migrationsAppliedAnswer,
  migrationsStatusAnswer,
  type ReleaseEvent,
  releaseEvents,
  verificationTokenAnswer,
  workerStatusAnswer,
} from './function-events.ts'
export {
  type FunctionContracts,
  type Manifest,
  type ManifestAsset,
  type ManifestFunction,
  type ManifestMigration,
  manifestSchema,
} from './manifest.ts'
export { MIGRATION_FILE, type MigrationKind, migrationKind } from './migration-kind.ts'
export { RELEASE_FILE, readReleaseFile } from './release-file.ts'
export {
  type NumbersAnswer,
  numbersAnswer,
  type PersonSettings,
  type PracticeSettings,
  type SettingsChange,
  type SettingsEvent,
  type SettingsWrittenAnswer,
  settingsEvents,
  settingsWrittenAnswer,
  type TenantSettings,
  tenantSettings,
  tenantSettingsAnswer,
} from './tenant-settings.ts'
export {
  VERIFICATION_TEMPLATE,
  type VerificationPerson,
  verificationPeople,
  verificationTenants,
} from './verification-people.ts'
