/**
 * The tag on a check or a server that lists the databases it depends on: their identifiers,
 * separated by spaces. It is for dependencies that no resource of the stack shows.
 */
export const databaseTag = "Database";
