/**
 * The gateway's HTTP surface, once: the stack builds its routes from this table, handlers check its scopes, and a refused
 * route is told from it (404 or 405). Scopes have SMART's shape: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH";
  /** Path with parameters in braces, as API Gateway writes them. */
  readonly path: string;
  /** The verb: handler file, construct id and function name. */
  readonly function: string;
  /** The one scope a token needs, as the pool issues it. */
  readonly scope: string;
}

const route = (method: Route["method"], path: string, name: string, scope: string): Route => ({
  method,
  path,
  function: name,
  scope: `system/${scope}`,
});

export const ROUTES: readonly Route[] = [
  route("POST", "/v1/messages", "accept-message", "CommunicationRequest.c"),
  route("POST", "/v1/messages/search", "read-message", "Communication.r"),
  route("GET", "/v1/messages/{message}", "read-message", "Communication.r"),
  route("POST", "/v1/messages/cancel", "cancel-message", "CommunicationRequest.u"),
  route("POST", "/v1/messages/{message}/cancel", "cancel-message", "CommunicationRequest.u"),
  route("GET", "/v1/second-readings", "second-read", "Task.rs"),
  route("POST", "/v1/messages/{message}/second-reading", "second-read", "Task.u"),
  route("GET", "/v1/teams/{team}/queue", "list-queue", "Task.rs"),
  route("POST", "/v1/teams/{team}/queue/claim", "claim-conversation", "Task.u"),
  route("POST", "/v1/conversations/{conversation}/claim", "claim-conversation", "Task.u"),
  route("POST", "/v1/conversations/{conversation}/release", "release-conversation", "Task.u"),
  route("POST", "/v1/conversations/{conversation}/move", "move-conversation", "Task.u"),
  route("POST", "/v1/conversations/{conversation}/link", "link-sender", "Patient.u"),
  route("POST", "/v1/conversations/{conversation}/reply", "reply", "CommunicationRequest.c"),
  route("POST", "/v1/conversations/{conversation}/resolve", "resolve-conversation", "Task.u"),
  route("POST", "/v1/conversations/{conversation}/undo-opt-out", "undo-opt-out", "Consent.u"),
  route("POST", "/v1/conversations/{conversation}/decide-opt-out", "decide-opt-out", "Consent.u"),
  route("GET", "/v1/incidents", "read-incident", "DetectedIssue.rs"),
  route("GET", "/v1/incidents/{incident}", "read-incident", "DetectedIssue.rs"),
  route("POST", "/v1/incidents/{incident}/close", "close-incident", "DetectedIssue.u"),
  route("GET", "/v1/consents/due", "read-consents", "Consent.rs"),
  route("POST", "/v1/patients", "register-patient", "Patient.c"),
  route("POST", "/v1/patients/search", "read-patient", "Patient.s"),
  route("GET", "/v1/patients/{patient}", "read-patient", "Patient.r"),
  route("PATCH", "/v1/patients/{patient}", "change-patient", "Patient.u"),
  route("POST", "/v1/patients/{patient}/numbers", "register-number", "Patient.u"),
  route("POST", "/v1/patients/{patient}/numbers/{number}/end", "end-number", "Patient.u"),
  route("POST", "/v1/patients/{patient}/erase", "erase-patient", "Patient.d"),
  route("POST", "/v1/patients/{patient}/no-contact", "no-contact", "Flag.u"),
  route("GET", "/v1/patients/{patient}/no-contact", "no-contact", "Flag.r"),
  route("POST", "/v1/patients/{patient}/consents", "record-consent", "Consent.c"),
  route("POST", "/v1/patients/{patient}/consents/withdraw", "withdraw-consent", "Consent.u"),
  route("POST", "/v1/patients/{patient}/consents/{consent}/confirm", "confirm-consent", "Consent.u"),
  route("POST", "/v1/patients/{patient}/revocations", "revoke-consent", "Consent.u"),
  route("GET", "/v1/patients/{patient}/consents", "read-consents", "Consent.rs"),
  route("GET", "/v1/patients/{patient}/consents/{consent}/note", "read-consents", "Consent.rs"),
  route("GET", "/v1/clinic/facts", "read-facts", "HealthcareService.r"),
  route("POST", "/v1/clinic/facts", "change-facts", "HealthcareService.u"),
];
