/** Administrator of a PostgreSQL that is already there; undefined: the tests start one of their own. */
export const databaseAdminUrl = (): string | undefined => process.env.DATABASE_ADMIN_URL || undefined

/** How many schedules are run on PostgreSQL; undefined: as many as every change has to pass. */
export const schedulesOnPostgres = (): number | undefined => Number(process.env.SAX_SCHEDULES) || undefined
