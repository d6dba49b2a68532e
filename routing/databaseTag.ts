/**
 * The tag by which a check, or a server, says what databases it depends on: their identifiers, with
 * spaces between them. For a check that asks for what no resource of the stack shows.
 */
export const databaseTag = "Database";
