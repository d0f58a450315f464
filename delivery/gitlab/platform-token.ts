/**
 * The environment variable of the token by which commands work on the platform's own repository: notes and plans of its
 * merge requests, and merge requests of promotions. A job is given one of no more scope than it needs.
 */
export const FACTORY_GITLAB_TOKEN = "FACTORY_GITLAB_TOKEN";
