/** Administrator of a PostgreSQL that is already there; undefined: the tests start one of their own. */
export const databaseAdminUrl = (): string | undefined => process.env.DATABASE_ADMIN_URL || undefined
