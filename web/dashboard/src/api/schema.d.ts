// Generated from openapi.json by `npm run api-types`; not to be edited.

export interface paths {
    "/v1/analytics/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whom pages reached, by hour of day, night and weekend */
        get: operations["getPageLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/pages/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export the load of each person as CSV or JSON lines */
        get: operations["exportPageLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/response-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how long incidents took to be acknowledged and resolved */
        get: operations["getResponseTimes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/response-times/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export response times by interval as CSV or JSON lines */
        get: operations["exportResponseTimes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which services are noisy */
        get: operations["getServiceNoise"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/services/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export the noise of each service as CSV or JSON lines */
        get: operations["exportServiceNoise"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys, newest first: all of them for admins, else your own */
        get: operations["listApiKeys"];
        put?: never;
        /** Make an API key, shown this once, that may do no more than you */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an API key */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{key_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an API key at once */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a new key in a key's place; the old one works for the overlap */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List changes of configuration and membership, newest first */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-entries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export the audit log as CSV or JSON lines; Link leads to the next part */
        get: operations["exportAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check-regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell what the shards of all regions have reported last, and which region sees nothing */
        get: operations["listCheckRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/demo/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a visit to the demo; needs no key */
        post: operations["openDemoSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List destinations by name */
        get: operations["listDestinations"];
        put?: never;
        /** Create a webhook or chat channel for steps to page; a webhook's signing secret is shown this once */
        post: operations["createDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/destinations/{destination_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a destination; its version is in the ETag too */
        get: operations["getDestination"];
        put?: never;
        post?: never;
        /** Take a destination out of use; steps that name it pass it */
        delete: operations["deleteDestination"];
        options?: never;
        head?: never;
        /** Change a destination; with a new URL it is switched on again and has a new signing secret */
        patch: operations["updateDestination"];
        trace?: never;
    };
    "/v1/destinations/{destination_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch off a destination */
        post: operations["disableDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/destinations/{destination_id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test page to a destination */
        post: operations["testDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/destinations/{destination_id}/tests/{test_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has become of a test page to a destination */
        get: operations["getDestinationTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List escalation policies by name */
        get: operations["listEscalationPolicies"];
        put?: never;
        /** Create an escalation policy */
        post: operations["createEscalationPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an escalation policy; its version is in the ETag too */
        get: operations["getEscalationPolicy"];
        /** Make a new version; running escalations keep theirs */
        put: operations["updateEscalationPolicy"];
        post?: never;
        /** Take an escalation policy out of use, once no service has it */
        delete: operations["deleteEscalationPolicy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a policy like this one, with steps of its own */
        post: operations["duplicateEscalationPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a step into a policy, at a position or at the end */
        post: operations["insertStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/steps/{step_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a step out of a policy */
        delete: operations["removeStep"];
        options?: never;
        head?: never;
        /** Change what a step does; what is left out stays */
        patch: operations["updateStep"];
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/steps/{step_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a copy of a step right after it, or at a position */
        post: operations["duplicateStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/steps/{step_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a step stand at another position */
        post: operations["moveStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of a policy, newest first, with what each changed */
        get: operations["listEscalationPolicyVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/escalation-policies/{policy_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a policy as it was in a version, as escalations that run on it still have it */
        get: operations["getEscalationPolicyVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the organization's event rules; their version is in the ETag too */
        get: operations["getEventRules"];
        /** Make a new version of the organization's event rules */
        put: operations["updateEventRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-rules/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try an event that comes to a service on the organization's rules, saved or not; nothing happens */
        post: operations["testEventRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-rules/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of the organization's event rules, newest first */
        get: operations["listEventRulesVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an event with each decision about it, its reason and the version of the rules */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how many results there are of each origin, from when until when */
        get: operations["getEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List incidents, newest first unless sorted */
        get: operations["listIncidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an incident */
        get: operations["getIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an incident's urgency, for the pages still to come, or its runbook */
        patch: operations["updateIncident"];
        trace?: never;
    };
    "/v1/incidents/{incident_id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Acknowledge an incident: the escalation stops */
        post: operations["acknowledgeIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the next step of the escalation now */
        post: operations["escalateIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an incident went as it did: every decision, and each page from intent to receipt */
        get: operations["explainIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold the escalation: its next step waits until somebody lets it go on */
        post: operations["holdEscalation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/move-to-current-version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the escalation go on with its policy's current version */
        post: operations["moveEscalation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note into the timeline */
        post: operations["addNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An incident's pages and the fate of each, oldest first */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Page other people, or start over with a policy */
        post: operations["reassignIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a resolved incident again: it escalates by what its service has now */
        post: operations["reopenIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resolve an incident */
        post: operations["resolveIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/responders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call people in to help: paged at once, beside the escalation, each of them once */
        post: operations["addResponders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a held escalation go on with what was left of its wait */
        post: operations["resumeEscalation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Page nobody until an instant, or a local time in a zone; then the escalation starts over */
        post: operations["snoozeIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/status-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft what the public is told of an incident, or get what there is of it already (then 200) */
        post: operations["draftStatusReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to an incident, oldest first */
        get: operations["listTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/unacknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an acknowledgement back: the escalation starts over */
        post: operations["unacknowledgeIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{incident_id}/unsnooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a snooze now: the escalation starts over */
        post: operations["unsnoozeIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List integrations by name */
        get: operations["listIntegrations"];
        put?: never;
        /** Create an integration with its first routing key, which is shown this once */
        post: operations["createIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an integration */
        get: operations["getIntegration"];
        put?: never;
        post?: never;
        /** Take an integration out of use, and its routing keys with it */
        delete: operations["deleteIntegration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All routing keys of an integration, newest first, and what they are used for */
        get: operations["listRoutingKeys"];
        put?: never;
        /** Make one more routing key, which is shown this once */
        post: operations["createRoutingKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}/keys/{key_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a routing key at once */
        post: operations["revokeRoutingKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}/keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a new routing key in this one's place, which goes on working for the overlap */
        post: operations["rotateRoutingKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an event as if the integration's tool had: it pages whoever is on call for it */
        post: operations["testIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations, newest first */
        get: operations["listInvitations"];
        put?: never;
        /** Invite somebody by e-mail, with a role no higher than your own */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept the invitation of a token, with the verified address it was sent to */
        post: operations["acceptInvitationByToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an invitation; its version is in the ETag too */
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the role or the teams of an invitation that waits */
        patch: operations["updateInvitation"];
        trace?: never;
    };
    "/v1/invitations/{invitation_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail an invitation again with a new token; the one before ends */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{invitation_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an invitation at once */
        post: operations["revokeInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell what keeps pages from reaching anybody, now or within a week */
        get: operations["lint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what has changed after a number, of what you may read; each thing once
         * @description Without after nothing is listed: the answer is the number to begin with. Numbers are the organization's, and those of what you may not read are passed over.
         */
        get: operations["listLiveChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for one WebSocket connection, which tells what changes in the organization
         * @description Connect to the url within a minute; it works once. What is told says which thing has changed, never how: read it by its route. The connection ends with the token, key or visit that asked for it, or after two hours; whoever may read anything may ask, visitors of the demo too.
         */
        post: operations["openLiveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List maintenance windows and silences, those made last first */
        get: operations["listMaintenanceWindows"];
        put?: never;
        /** Make a maintenance window or a silence, once or recurring */
        post: operations["createMaintenanceWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the maintenance windows and silences that are open now */
        get: operations["listActiveMaintenanceWindows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows/{window_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a maintenance window; its version is in the ETag too */
        get: operations["getMaintenanceWindow"];
        /** Change a maintenance window; what it muted is looked at again */
        put: operations["updateMaintenanceWindow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows/{window_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a window for good, open or not */
        post: operations["cancelMaintenanceWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows/{window_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a window that is open now; a recurring one opens again the next time */
        post: operations["endMaintenanceWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get who calls, with their organizations, roles and teams */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /**
         * Delete your account, once no organization needs you as its owner
         * @description Ends your memberships and personal API keys; what you did stays, without your name. Delete the user of the sign-in with the same token afterwards (Cognito: DeleteUser).
         */
        delete: operations["deleteMe"];
        options?: never;
        head?: never;
        /** Change your name */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/v1/me/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invitations that wait for your verified address, oldest first */
        get: operations["listMyInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/invitations/{invitation_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation that waits for your verified address */
        post: operations["acceptMyInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/invitations/{invitation_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn down an invitation that waits for your verified address */
        post: operations["declineMyInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out everywhere: refuse every access token from before now */
        post: operations["signOutEverywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members by name */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a member */
        get: operations["getMember"];
        put?: never;
        post?: never;
        /** Remove a member */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Change a role */
        patch: operations["updateMember"];
        trace?: never;
    };
    "/v1/monitor-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the groups of monitors, in order */
        get: operations["listMonitorGroups"];
        put?: never;
        /** Create a group of monitors */
        post: operations["createMonitorGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitor-groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a group of monitors; its version is in the ETag too */
        get: operations["getMonitorGroup"];
        /** Change a group of monitors */
        put: operations["updateMonitorGroup"];
        post?: never;
        /** Delete a group; its monitors stay */
        delete: operations["deleteMonitorGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List monitors by name */
        get: operations["listMonitors"];
        put?: never;
        /** Create a monitor */
        post: operations["createMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export all monitors with everything by name; secrets are named and not told */
        get: operations["exportMonitors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell of several monitors at once how available they were by day, and how fast by hour */
        get: operations["getMonitorFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import monitors by their names: all of them or none; what is as it should be stays untouched */
        post: operations["importMonitors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a monitor that is not saved; read the run for what comes of it */
        post: operations["testMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/test/{try_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what has come of a try so far, by region */
        get: operations["getMonitorTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a monitor; its version is in the ETag too */
        get: operations["getMonitor"];
        /** Change a monitor; secrets that are left out stay */
        put: operations["updateMonitor"];
        post?: never;
        /** Take a monitor out of use */
        delete: operations["deleteMonitor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/beacon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the beacon of a page's monitor */
        get: operations["getBeacon"];
        /** Let visitors of a page tell, unnamed, how it loaded; the snippet is shown this once */
        put: operations["setBeacon"];
        post?: never;
        /** Take the beacon of a page's monitor away */
        delete: operations["removeBeacon"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a monitor like this one, with its secrets */
        post: operations["cloneMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how many results a monitor has of each origin, from when until when */
        get: operations["getMonitorEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/latency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell the percentiles of a monitor's latencies by region, over a window and by its hours or days */
        get: operations["getMonitorLatency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/outages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List when a monitor was down, newest first */
        get: operations["listMonitorOutages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a monitor no more, until it is resumed */
        post: operations["pauseMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/pings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a heartbeat was told, newest first: the last hundred pings */
        get: operations["listPings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell what a monitor is in each region, and the certificate it showed there */
        get: operations["listMonitorRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the results of a monitor, newest first */
        get: operations["listMonitorResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a monitor again that was paused */
        post: operations["resumeMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/rotate-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a heartbeat a new URL, shown this once; the old one is refused from now on */
        post: operations["rotateHeartbeatKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a monitor now, from all its regions; read the run for what comes of it */
        post: operations["runMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what has come of a run so far, by region */
        get: operations["getMonitorRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitors/{monitor_id}/uptime": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell the uptime of a monitor by calendar days, maintenance left out */
        get: operations["getMonitorUptime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/on-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who is on call now, and who is next, by the schedules' names
         * @description With user_id only schedules where it is theirs, now or next; a page may then hold less than its limit and be followed by another.
         */
        get: operations["listOnCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/on-call/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get whether you are mailed when your turn begins or ends */
        get: operations["getHandoffNotices"];
        /** Choose whether to be mailed when your turn begins or ends */
        put: operations["setHandoffNotices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the organization */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        /** Delete the organization, 30 days from now; type its name */
        delete: operations["deleteOrganization"];
        options?: never;
        head?: never;
        /** Change the organization */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/v1/organization/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export everything the organization owns, page by page, without secrets */
        get: operations["exportOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the organization */
        post: operations["leaveOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization/paging-stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Page nobody in the organization until an instant; what is due meanwhile waits */
        put: operations["stopPaging"];
        post?: never;
        /** Let paging go on; what has waited goes out if it is still wanted */
        delete: operations["resumePaging"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the organization's deletion back */
        post: operations["restoreOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand the organization to a member; you stay as an admin */
        post: operations["transferOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an organization; you are its owner */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ping-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List ping keys, newest first */
        get: operations["listPingKeys"];
        put?: never;
        /** Make a ping key, shown this once, that opens all heartbeats by their slugs */
        post: operations["createPingKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ping-keys/{ping_key_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a ping key at once */
        post: operations["revokePingKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/private-locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List private locations by name */
        get: operations["listPrivateLocations"];
        put?: never;
        /** Create a private location, a region that monitors can name */
        post: operations["createPrivateLocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/private-locations/{location_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a private location; its version is in the ETag too */
        get: operations["getPrivateLocation"];
        /** Give a private location another name */
        put: operations["updatePrivateLocation"];
        post?: never;
        /** Take a private location out of use, once no monitor names it, and revoke its probes */
        delete: operations["deletePrivateLocation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/private-locations/{location_id}/probes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the probes of a private location, the oldest first: when each was heard, and until when it is let in */
        get: operations["listProbes"];
        put?: never;
        /** Let a probe in; the token that enrols it, once and within an hour, is shown this once */
        post: operations["createProbe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/private-locations/{location_id}/probes/{probe_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a probe */
        get: operations["getProbe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/private-locations/{location_id}/probes/{probe_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shut a probe out at once, with all its certificates */
        post: operations["revokeProbe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/private-locations/{location_id}/probes/{probe_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a probe another token; once somebody enrols with it, the certificates it had are revoked */
        post: operations["rotateProbe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List schedules by name */
        get: operations["listSchedules"];
        put?: never;
        /** Create a schedule */
        post: operations["createSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the shifts that a new schedule would have; nothing is saved */
        post: operations["previewSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a schedule; its version is in the ETag too */
        get: operations["getSchedule"];
        /**
         * Make a new version; it changes nothing but the future
         * @description Whoever is on call stays until the end of their turn, and the order goes on from there. Who is taken out of a layer ends now, and the next one takes over.
         */
        put: operations["updateSchedule"];
        post?: never;
        /** Take a schedule out of use, once no escalation policy pages by it */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calendars of a schedule, oldest first */
        get: operations["listCalendars"];
        put?: never;
        /** Make a calendar of all shifts, or of one member's; its secret address is shown this once */
        post: operations["createCalendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/calendars/{calendar_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a calendar, at once */
        post: operations["revokeCalendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/calendars/{calendar_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a calendar another address; the one before ends at once */
        post: operations["rotateCalendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the overrides and temporary schedules of a schedule, newest first */
        get: operations["listOverrides"];
        put?: never;
        /**
         * Put somebody, or nobody, on call for a while; or lay a temporary schedule over it
         * @description Of overrides that overlap the one created last wins; they lie over temporary schedules, and those over the layers. Responders make overrides; temporary schedules take who may write the schedule.
         */
        post: operations["createOverride"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/overrides/{override_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an override; its version is in the ETag too */
        get: operations["getOverride"];
        /** Change an override; of one that has begun, its name and its end */
        put: operations["updateOverride"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/overrides/{override_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an override hold no more from now on */
        post: operations["cancelOverride"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the shifts that a schedule would have after a change; nothing is saved */
        post: operations["previewScheduleChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the final shifts of a window, with the reason of each, and what is to be warned of */
        get: operations["listShifts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{schedule_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of a schedule, newest first */
        get: operations["listScheduleVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List services by name */
        get: operations["listServices"];
        put?: never;
        /** Create a service */
        post: operations["createService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a service; its version is in the ETag too */
        get: operations["getService"];
        put?: never;
        post?: never;
        /** Take a service out of use, and with it its monitors and the routing keys of its integrations */
        delete: operations["deleteService"];
        options?: never;
        head?: never;
        /** Change a service: what is left out stays, null takes away */
        patch: operations["updateService"];
        trace?: never;
    };
    "/v1/services/{service_id}/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what a service depends on, and what depends on it */
        get: operations["getDependencies"];
        /** Write all that a service depends on: while one of these is down, it stays quiet and says why */
        put: operations["updateDependencies"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}/event-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a service's event rules; their version is in the ETag too */
        get: operations["getServiceEventRules"];
        /** Make a new version of a service's event rules */
        put: operations["updateServiceEventRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}/event-rules/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try an event on all rules, with a service's own saved or not; nothing happens */
        post: operations["testServiceEventRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}/event-rules/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of a service's event rules, newest first */
        get: operations["listServiceEventRulesVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A service's events and what became of each, newest first */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where people sign in; needs no key */
        get: operations["getSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/simulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell what would happen if events came to a service, without doing any of it */
        post: operations["simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List status pages by name */
        get: operations["listStatusPages"];
        put?: never;
        /** Create a status page; it is private unless you say otherwise */
        post: operations["createStatusPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a status page; its version is in the ETag too */
        get: operations["getStatusPage"];
        /** Change a status page, show it to the public or hide it */
        put: operations["updateStatusPage"];
        post?: never;
        /** Delete a status page with all that is on it; what was published goes too */
        delete: operations["deleteStatusPage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/component-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the groups of a page, in order */
        get: operations["listComponentGroups"];
        put?: never;
        /** Add a group to a page, last */
        post: operations["createComponentGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/component-groups/{component_group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a group of components; its version is in the ETag too */
        get: operations["getComponentGroup"];
        /** Change a group of components */
        put: operations["updateComponentGroup"];
        post?: never;
        /** Delete a group; its components stay */
        delete: operations["deleteComponentGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the components of a page, in the order they are shown in */
        get: operations["listComponents"];
        put?: never;
        /** Add a component to a page, last: made of monitors and services, or kept by hand */
        post: operations["createComponent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/components/{component_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a component; its version is in the ETag too */
        get: operations["getComponent"];
        /** Change a component */
        put: operations["updateComponent"];
        post?: never;
        /** Take a component off a page; reports that name it go on naming it */
        delete: operations["deleteComponent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/components/{component_id}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what a component is, whatever monitors and reports say: for a time, or until it is taken back */
        put: operations["overrideComponent"];
        post?: never;
        /** Take back what somebody said of a component */
        delete: operations["endComponentOverride"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/logos/{variant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write the page's logo for light or dark grounds: the bytes of a PNG, JPEG or WebP of at most 128 kB */
        put: operations["putStatusPageLogo"];
        post?: never;
        /** Take a logo off a page */
        delete: operations["deleteStatusPageLogo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/maintenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Announce maintenance, which then begins and ends by itself; with `mutes`, it pages nobody meanwhile */
        post: operations["scheduleMaintenance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put all groups and components of a page in order; If-Match is the page's version */
        put: operations["orderStatusPage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a page's status reports, those that began last first; without a state, drafts and published ones */
        get: operations["listStatusReports"];
        put?: never;
        /** Write a status report with its first update, as a draft or for the public at once */
        post: operations["createStatusReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what the public is told now, and why; of a private page, what it would be told */
        get: operations["getStatusPageStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/subscribers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List subscribers of a status page; of their addresses, what lets you tell them apart */
        get: operations["listSubscribers"];
        put?: never;
        /** Ask somebody whether they want to be told; they are, once they confirm */
        post: operations["addSubscriber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/subscribers/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the subscribers of a status page, by channel and state */
        get: operations["countSubscribers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/subscribers/{subscriber_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a subscriber off a status page, and forget the address */
        delete: operations["deleteSubscriber"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-pages/{page_id}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the words that reports of a page begin with, by name */
        get: operations["listReportTemplates"];
        put?: never;
        /** Make a template, for people or for what a page says by itself */
        post: operations["createReportTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-report-templates/{template_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a template; its version is in the ETag too */
        get: operations["getReportTemplate"];
        /** Change a template */
        put: operations["updateReportTemplate"];
        post?: never;
        /** Delete a template */
        delete: operations["deleteReportTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a status report with its updates; its version is in the ETag too */
        get: operations["getStatusReport"];
        put?: never;
        post?: never;
        /** Delete a status report, also from what the public sees */
        delete: operations["deleteStatusReport"];
        options?: never;
        head?: never;
        /** Change a status report; who comes second is told what they have missed */
        patch: operations["updateStatusReport"];
        trace?: never;
    };
    "/v1/status-reports/{report_id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a draft aside */
        post: operations["discardStatusReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-reports/{report_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let everybody see a draft */
        post: operations["publishStatusReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-reports/{report_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a draft again of what was discarded */
        post: operations["restoreStatusReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-reports/{report_id}/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell the public what is new */
        post: operations["addStatusUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status-reports/{report_id}/updates/{update_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an update away; what the last one said of components is taken back */
        delete: operations["deleteStatusUpdate"];
        options?: never;
        head?: never;
        /** Mend the text of an update, or as of when it is shown */
        patch: operations["editStatusUpdate"];
        trace?: never;
    };
    "/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List teams by name */
        get: operations["listTeams"];
        put?: never;
        /** Create a team */
        post: operations["createTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a team */
        get: operations["getTeam"];
        put?: never;
        post?: never;
        /** Delete a team that owns nothing */
        delete: operations["deleteTeam"];
        options?: never;
        head?: never;
        /** Rename a team */
        patch: operations["updateTeam"];
        trace?: never;
    };
    "/v1/teams/{team_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a member into a team, as its lead or a member */
        put: operations["putTeamMember"];
        post?: never;
        /** Take a member out of a team */
        delete: operations["removeTeamMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All contact methods of a member, oldest first */
        get: operations["listContactMethods"];
        put?: never;
        /** Give a member a way to be reached, yourself or as an admin; a webhook's secret is shown this once */
        post: operations["createContactMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods/{method_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a contact method, and the notification rules that name it */
        delete: operations["removeContactMethod"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods/{method_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the code that was sent; after five wrong ones it takes another */
        post: operations["confirmContactMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods/{method_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch off a contact method */
        post: operations["disableContactMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods/{method_id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test page; one that a webhook or a chat channel takes verifies it */
        post: operations["testContactMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods/{method_id}/tests/{test_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has become of a test page */
        get: operations["getContactMethodTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/contact-methods/{method_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a code to a contact method; it can be given for 15 minutes
         * @description Webhooks and chat channels take no code: a test page that is answered with 2xx verifies them.
         */
        post: operations["verifyContactMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/notification-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a member is paged, for each urgency */
        get: operations["listNotificationRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/notification-rules/{urgency}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a member is paged for an urgency; its version is in the ETag too */
        get: operations["getNotificationRules"];
        /** Put these rules in the place of those that were read, your own or, as an admin, another member's */
        put: operations["setNotificationRules"];
        post?: never;
        /** Go back to all methods at once */
        delete: operations["resetNotificationRules"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AcceptInput
         * @description The token that came by mail.
         */
        AcceptInput: {
            /** Token */
            token: string;
        };
        /**
         * Access
         * @description How far an API key goes within its role.
         * @enum {string}
         */
        Access: "read" | "write";
        /**
         * ActionsInput
         * @description What a rule does to the event it matches; what is left out stays as it is.
         */
        ActionsInput: {
            group?: components["schemas"]["GroupingInput"] | null;
            /** Hold Seconds */
            hold_seconds?: number | null;
            /** Policy Id */
            policy_id?: string | null;
            /** Service Id */
            service_id?: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /** Suppress */
            suppress?: boolean;
            urgency?: components["schemas"]["Urgency"] | null;
        };
        /**
         * ActiveWindows
         * @description All windows that are open now.
         */
        ActiveWindows: {
            /** Items */
            items: components["schemas"]["MaintenanceWindow"][];
        };
        /**
         * Alert
         * @description A deduplicated condition and how many events told of it.
         */
        Alert: {
            /** Dedup Key */
            dedup_key: string;
            /** Event Count */
            event_count: number;
            first_event_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_event_at: components["schemas"]["Instant"];
            resolved_at: components["schemas"]["Instant"] | null;
            severity: components["schemas"]["Severity"];
            /** Source */
            source: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "open" | "resolved";
            /** Summary */
            summary: string;
        };
        /**
         * ApiKey
         * @description What is kept of an API key; `groups` are null for all. `last_used_at` is good to a minute.
         */
        ApiKey: {
            access: components["schemas"]["Access"];
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string | null;
            expires_at: components["schemas"]["Instant"] | null;
            /** Groups */
            groups: components["schemas"]["Group"][] | null;
            /** Hint */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_used_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            revoked_at: components["schemas"]["Instant"] | null;
            role: components["schemas"]["Role"];
            /** User Id */
            user_id: string | null;
        };
        /**
         * ApiKeyInput
         * @description An API key to create: what its role allows, narrowed to reading and to some groups of resources.
         *
         *     A personal key acts as the person who makes it, and never may more than they may; another is the organization's.
         */
        ApiKeyInput: {
            access?: components["schemas"]["Access"];
            expires_at?: components["schemas"]["GivenInstant"] | null;
            /** Groups */
            groups?: components["schemas"]["Group"][] | null;
            /** Name */
            name: string;
            /** Personal */
            personal?: boolean;
            role: components["schemas"]["Role"];
        };
        /**
         * ApiKeyPage
         * @description API keys, newest first.
         */
        ApiKeyPage: {
            /** Items */
            items: components["schemas"]["ApiKey"][];
            /** Next Cursor */
            next_cursor?: string | null;
        };
        Assertion: components["schemas"]["StatusAssertion"] | components["schemas"]["BodyAssertion"] | components["schemas"]["JsonAssertion"] | components["schemas"]["HeaderAssertion"] | components["schemas"]["LatencyAssertion"];
        /**
         * Attempt
         * @description One provider call. `already_going_out`: it had been claimed when the incident was acknowledged or resolved.
         */
        Attempt: {
            /** Already Going Out */
            already_going_out: boolean;
            /** Detail */
            detail: string | null;
            ended_at: components["schemas"]["Instant"] | null;
            /** Number */
            number: number;
            /** Provider Id */
            provider_id: string | null;
            /** Reason */
            reason: string | null;
            started_at: components["schemas"]["Instant"];
            /**
             * State
             * @enum {string}
             */
            state: "claimed" | "delivered" | "temporary" | "permanent" | "uncertain";
            /** Unclaimed */
            unclaimed: boolean;
        };
        /**
         * AuditEntry
         * @description One change: who, what, from where, and what could be read of its subject before and after.
         */
        AuditEntry: {
            /** Action */
            action: string;
            /** Actor Id */
            actor_id: string | null;
            /** Actor Kind */
            actor_kind: string;
            /** After */
            after: {
                [key: string]: unknown;
            } | null;
            at: components["schemas"]["Instant"];
            /** Before */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Request Id */
            request_id: string | null;
            /** Source Address */
            source_address: string | null;
            /** Subject Id */
            subject_id: string;
            /** Subject Kind */
            subject_kind: string;
        };
        /**
         * AuditEntryPage
         * @description Changes, newest first.
         */
        AuditEntryPage: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next Cursor */
            next_cursor?: string | null;
        };
        Auth: components["schemas"]["BasicAuth"] | components["schemas"]["BearerAuth"];
        /**
         * Automatic
         * @description What monitors and incidents do to a page by themselves.
         * @enum {string}
         */
        Automatic: "off" | "suggest" | "publish";
        /**
         * BasicAuth
         * @description HTTP Basic; the password is usually a secret, `{{password}}`.
         */
        BasicAuth: {
            /** Password */
            password: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "basic";
            /** Username */
            username: string;
        };
        /**
         * Beacon
         * @description A beacon lets the visitors of a page tell, unnamed, whether and how fast it loaded.
         */
        Beacon: {
            created_at: components["schemas"]["Instant"];
            /** Hint */
            hint: string;
            /**
             * Monitor Id
             * Format: uuid
             */
            monitor_id: string;
            /** Sample Percent */
            sample_percent: number;
        };
        /**
         * BeaconInput
         * @description A beacon: of how many visits in a hundred a page tells.
         */
        BeaconInput: {
            /** Sample Percent */
            sample_percent?: number;
        };
        /**
         * BearerAuth
         * @description A bearer token, usually a secret, `{{token}}`.
         */
        BearerAuth: {
            /** Token */
            token: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bearer";
        };
        /**
         * Because
         * @description What a component's status comes from.
         * @enum {string}
         */
        Because: "override" | "report" | "maintenance_window" | "monitor" | "service" | "nothing";
        /**
         * BodyAssertion
         * @description The body contains a text, or doesn't; equals it; or an RE2 expression matches somewhere in it, or doesn't.
         */
        BodyAssertion: {
            /**
             * Comparison
             * @enum {string}
             */
            comparison: "contains" | "not_contains" | "equals" | "matches" | "not_matches";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "body";
            /** Value */
            value: string;
        };
        /**
         * CalendarFeed
         * @description A calendar that follows a schedule.
         */
        CalendarFeed: {
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_used_at: components["schemas"]["Instant"] | null;
            revoked_at: components["schemas"]["Instant"] | null;
            /**
             * Schedule Id
             * Format: uuid
             */
            schedule_id: string;
            /** User Id */
            user_id: string | null;
        };
        /**
         * CalendarFeedInput
         * @description Whose shifts a calendar is to show: somebody's, one's own, or everybody's.
         */
        CalendarFeedInput: {
            /** User Id */
            user_id?: string | null;
        };
        /**
         * CalendarFeeds
         * @description The calendars of a schedule, oldest first.
         */
        CalendarFeeds: {
            /** Items */
            items: components["schemas"]["CalendarFeed"][];
        };
        /**
         * Certificate
         * @description What is asked of a TLS certificate: trusted, of the right name, and valid for days to come.
         */
        Certificate: {
            /** Server Name */
            server_name?: string | null;
            /**
             * Verify
             * @default true
             */
            verify: boolean;
            /** Warn Days */
            warn_days?: number[];
        };
        /**
         * ChangeKind
         * @description What happened to a step, or to the policy as a whole.
         * @enum {string}
         */
        ChangeKind: "step_added" | "step_removed" | "step_moved" | "step_changed" | "policy_changed";
        /**
         * ChangedComponent
         * @description What an update changed of a component, by the name it had.
         */
        ChangedComponent: {
            /**
             * Component Id
             * Format: uuid
             */
            component_id: string;
            /** Name */
            name: string;
            new_status: components["schemas"]["ComponentStatus"];
            old_status: components["schemas"]["ComponentStatus"];
        };
        /**
         * CheckRegions
         * @description All regions of the deployment, and the private locations of the organization, shard by shard.
         */
        CheckRegions: {
            /** Items */
            items: components["schemas"]["ShardHealth"][];
        };
        /**
         * CheckStatus
         * @description How a check ended, and what monitors and regions are. `unknown`: it can't be told, which is not that it fails.
         * @enum {string}
         */
        CheckStatus: "up" | "degraded" | "down" | "unknown";
        /**
         * Code
         * @description What a finding is about; stable.
         * @enum {string}
         */
        Code: "service_without_policy" | "policy_without_steps" | "policy_without_fallback" | "policy_unused" | "step_unreachable" | "step_reaches_nobody" | "step_reaches_nobody_at_times" | "target_reaches_nobody" | "person_without_contact" | "person_without_verified_contact" | "schedule_gap" | "schedule_reaches_nobody" | "rule_shadowed" | "routing_key_unused" | "monitor_without_policy" | "monitor_of_one_region" | "monitor_paused_for_long";
        /**
         * CodeInput
         * @description The code that was sent to a contact method: six digits.
         */
        CodeInput: {
            /** Code */
            code: string;
        };
        /**
         * Component
         * @description A part of what is offered, as the public knows it; send its version as If-Match to change it.
         */
        Component: {
            created_at: components["schemas"]["Instant"];
            /** Description */
            description: string;
            /** Group Id */
            group_id: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Monitor Ids */
            monitor_ids: string[];
            /** Name */
            name: string;
            /** Only If Degraded */
            only_if_degraded: boolean;
            override: components["schemas"]["tocsin__contracts__api_status_pages__Override"] | null;
            /** Position */
            position: number;
            /** Service Ids */
            service_ids: string[];
            /** Shows Latency */
            shows_latency: boolean;
            /** Shows Uptime */
            shows_uptime: boolean;
            updated_at: components["schemas"]["Instant"];
            /** Version */
            version: number;
        };
        /**
         * ComponentGroup
         * @description Components that are shown together; send its version as If-Match to change it.
         */
        ComponentGroup: {
            /** Components */
            components: number;
            created_at: components["schemas"]["Instant"];
            /** Description */
            description: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Collapsed */
            is_collapsed: boolean;
            /** Name */
            name: string;
            /** Position */
            position: number;
            updated_at: components["schemas"]["Instant"];
            /** Version */
            version: number;
        };
        /**
         * ComponentGroupInput
         * @description A group; components say which they are in. New ones come last.
         */
        ComponentGroupInput: {
            /** Description */
            description?: string;
            /**
             * Is Collapsed
             * @description Whether it is shown closed while all is well.
             */
            is_collapsed?: boolean;
            /** Name */
            name: string;
        };
        /**
         * ComponentGroups
         * @description All groups of a page, in their order.
         */
        ComponentGroups: {
            /** Items */
            items: components["schemas"]["ComponentGroup"][];
        };
        /**
         * ComponentInput
         * @description A component. Its status comes from these monitors and services; with neither it is kept by hand.
         */
        ComponentInput: {
            /** Description */
            description?: string;
            /** Group Id */
            group_id?: string | null;
            /** Monitor Ids */
            monitor_ids?: string[];
            /** Name */
            name: string;
            /**
             * Only If Degraded
             * @description Whether it is shown only while it is not operational.
             */
            only_if_degraded?: boolean;
            /** Service Ids */
            service_ids?: string[];
            /** Shows Latency */
            shows_latency?: boolean;
            /** Shows Uptime */
            shows_uptime?: boolean;
        };
        /**
         * ComponentStatus
         * @description How a component is, from best to worst but for maintenance.
         * @enum {string}
         */
        ComponentStatus: "operational" | "degraded_performance" | "partial_outage" | "major_outage" | "under_maintenance";
        /**
         * ComponentTold
         * @description What the public is told that a component is: since when and, for members alone, why. `by` is the monitor, service
         *     or report it comes from. `is_stale`: its checks are not heard of, and it is what was known last.
         */
        ComponentTold: {
            because: components["schemas"]["Because"];
            /** By */
            by: string | null;
            /** Group Id */
            group_id: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Shown */
            is_shown: boolean;
            /** Is Stale */
            is_stale: boolean;
            /** Name */
            name: string;
            since: components["schemas"]["Instant"];
            status: components["schemas"]["ComponentStatus"];
        };
        /**
         * ComponentWord
         * @description What a report says of a component.
         */
        ComponentWord: {
            /**
             * Component Id
             * Format: uuid
             */
            component_id: string;
            status: components["schemas"]["ComponentStatus"];
        };
        /**
         * Components
         * @description All components of a page, in the order they are shown in.
         */
        Components: {
            /** Items */
            items: components["schemas"]["Component"][];
        };
        /**
         * ConditionsInput
         * @description What must hold for a step to page; an empty list leaves everything in. One whose conditions don't hold is passed
         *     at once.
         */
        ConditionsInput: {
            /** Severities */
            severities?: components["schemas"]["Severity"][];
            /** Times */
            times?: components["schemas"]["TimesInput"][];
            /** Urgencies */
            urgencies?: components["schemas"]["Urgency"][];
            while?: components["schemas"]["While"];
        };
        /**
         * ContactMethod
         * @description A way to reach a member. URLs are secrets: they are sealed and can't be read again.
         *
         *     `verified_at` is when it was proven that its member reads there; pages go out before, too.
         *     `verification_ends_at` is until when the code that was sent last can be given.
         */
        ContactMethod: {
            /** Address */
            address: string | null;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "webhook" | "slack";
            created_at: components["schemas"]["Instant"];
            disabled_at: components["schemas"]["Instant"] | null;
            /** Disabled Reason */
            disabled_reason: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Label */
            label: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            verification_ends_at?: components["schemas"]["Instant"] | null;
            verified_at?: components["schemas"]["Instant"] | null;
        };
        /**
         * ContactMethodList
         * @description All contact methods of a member, oldest first.
         */
        ContactMethodList: {
            /** Items */
            items: components["schemas"]["ContactMethod"][];
        };
        /**
         * DemoOrganization
         * @description What a visitor sees: made up, and marked so.
         */
        DemoOrganization: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Is Demo
             * @default true
             */
            is_demo: boolean;
            /** Name */
            name: string;
        };
        /**
         * DemoSession
         * @description A visit to the demo; `token` is sent as a key is, and shown this once.
         */
        DemoSession: {
            expires_at: components["schemas"]["Instant"];
            organization: components["schemas"]["DemoOrganization"];
            /**
             * Token
             * @description Send it as Authorization: Bearer <token>. It reads, and changes nothing.
             */
            token: string;
        };
        /**
         * Dependencies
         * @description What a service depends on: while one of these has an open incident of its own, it stays quiet. And who on it.
         */
        Dependencies: {
            /** Dependents */
            dependents: components["schemas"]["DependencyService"][];
            /** Depends On */
            depends_on: components["schemas"]["DependencyService"][];
        };
        /**
         * DependenciesInput
         * @description All services that a service depends on.
         */
        DependenciesInput: {
            /** Depends On */
            depends_on: string[];
        };
        /**
         * DependencyService
         * @description A service at the other end.
         */
        DependencyService: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * Destination
         * @description Where steps can page that is no person. Its URL is a secret: it is sealed and can't be read again.
         */
        Destination: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "webhook" | "slack";
            created_at: components["schemas"]["Instant"];
            disabled_at: components["schemas"]["Instant"] | null;
            /** Disabled Reason */
            disabled_reason: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Team Id */
            team_id: string | null;
            /** Version */
            version: number;
        };
        /**
         * DestinationInput
         * @description A webhook, whose calls are signed (Standard Webhooks), or a Slack incoming webhook.
         */
        DestinationInput: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "webhook" | "slack";
            /** Name */
            name: string;
            /** Team Id */
            team_id?: string | null;
            /** Url */
            url: string;
        };
        /**
         * DestinationPage
         * @description Destinations by name.
         */
        DestinationPage: {
            /** Items */
            items: components["schemas"]["Destination"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * DestinationPatch
         * @description What to change of a destination; what is left out stays. A new URL switches it on again.
         */
        DestinationPatch: {
            /** Name */
            name?: string | null;
            /** Team Id */
            team_id?: string | null;
            /** Url */
            url?: string | null;
        };
        /**
         * DestinationTest
         * @description A test page to a destination: queued, then sent or failed, with what the receiver said in `detail`.
         */
        DestinationTest: {
            created_at: components["schemas"]["Instant"];
            /**
             * Destination Id
             * Format: uuid
             */
            destination_id: string;
            /** Detail */
            detail: string | null;
            ended_at: components["schemas"]["Instant"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "sent" | "failed";
        };
        /**
         * DnsSpec
         * @description A question to a resolver (without one: the region's own) and what the answer must hold.
         */
        DnsSpec: {
            /** Assertions */
            assertions?: components["schemas"]["LatencyAssertion"][];
            /** Expect */
            expect?: string[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "dns";
            /**
             * Match
             * @default all
             * @enum {string}
             */
            match: "all" | "any" | "exactly";
            /** Name */
            name: string;
            /** @default A */
            record_type: components["schemas"]["RecordType"];
            /** Resolver */
            resolver?: string | null;
        };
        /**
         * DraftInput
         * @description Which page an incident's report is for, where there are several, and what words it begins with.
         */
        DraftInput: {
            /** Status Page Id */
            status_page_id?: string | null;
            /** Template Id */
            template_id?: string | null;
        };
        /**
         * EmailMethodInput
         * @description An e-mail address to page a member at.
         */
        EmailMethodInput: {
            /** Address */
            address: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            channel: "email";
            /** Label */
            label?: string | null;
        };
        /**
         * EscalateInput
         * @description The step to take now, from 0, as the incident's escalation was read: only if that is still the next one.
         *
         *     Of two who ask at once for the step they both see, one takes it.
         */
        EscalateInput: {
            /** Position */
            position?: number | null;
            /** Round */
            round?: number | null;
        };
        /**
         * Escalation
         * @description Where an incident's escalation stands; `round` and `position`, from 0, name the next step to take.
         *
         *     `retry`, from 0, is which repetition of that step comes next; `past_rounds` says that the fallback does. Held, it
         *     goes on when somebody lets it.
         */
        Escalation: {
            held_at?: components["schemas"]["Instant"] | null;
            /** Held By */
            held_by?: string | null;
            /** Held By Name */
            held_by_name?: string | null;
            next_at: components["schemas"]["Instant"] | null;
            /**
             * Past Rounds
             * @default false
             */
            past_rounds: boolean;
            /** Policy Id */
            policy_id: string | null;
            /** Policy Version */
            policy_version: number | null;
            /** Position */
            position: number;
            /**
             * Retry
             * @default 0
             */
            retry: number;
            /** Round */
            round: number;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "held" | "stopped" | "exhausted";
        };
        /**
         * Event
         * @description One inbound message and what became of it; `outcome` is a stable word.
         *
         *     It came by a key of an integration, or a monitor says it.
         */
        Event: {
            /**
             * Action
             * @enum {string}
             */
            action: "trigger" | "acknowledge" | "resolve" | "change";
            /** Alert Id */
            alert_id: string | null;
            /** Dedup Key */
            dedup_key: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Integration Id */
            integration_id: string | null;
            /** Monitor Id */
            monitor_id: string | null;
            /** Outcome */
            outcome: string;
            received_at: components["schemas"]["Instant"];
            /** Routing Key Id */
            routing_key_id: string | null;
            /** Summary */
            summary: string | null;
        };
        /**
         * EventAction
         * @description What an inbound event asks for.
         * @enum {string}
         */
        EventAction: "trigger" | "acknowledge" | "resolve" | "change";
        /**
         * EventDecision
         * @description What would become of an event that opens an incident, and why: each decision in turn, with the rules' version.
         */
        EventDecision: {
            /** Group Key */
            group_key: string | null;
            /** Hold Seconds */
            hold_seconds: number | null;
            /** Muted By */
            muted_by: string | null;
            muted_until: components["schemas"]["Instant"] | null;
            /** Policy Id */
            policy_id: string | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            severity: components["schemas"]["Severity"];
            /** Trace */
            trace: {
                [key: string]: unknown;
            }[];
            urgency: components["schemas"]["Urgency"] | null;
        };
        /**
         * EventExample
         * @description An event as rules see it.
         */
        EventExample: {
            action?: components["schemas"]["EventAction"];
            /** Dedup Key */
            dedup_key?: string;
            /** Labels */
            labels?: {
                [key: string]: string;
            };
            /** Protocol */
            protocol?: string;
            severity?: components["schemas"]["Severity"];
            /** Source */
            source?: string | null;
            /** Summary */
            summary?: string | null;
        };
        /**
         * EventPage
         * @description Events, newest first.
         */
        EventPage: {
            /** Items */
            items: components["schemas"]["Event"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * EventRule
         * @description A rule; `rule_id` stays the same from version to version.
         */
        EventRule: {
            actions: components["schemas"]["RuleActions"];
            /** Condition */
            condition: string | null;
            /** Continues */
            continues: boolean;
            /** Name */
            name: string;
            /**
             * Rule Id
             * Format: uuid
             */
            rule_id: string;
        };
        /**
         * EventRules
         * @description Rules in order, in a version; send it as If-Match to change them. Without a service they are the organization's.
         *
         *     Rules that nobody has ever written are in version 1.
         */
        EventRules: {
            /** Rules */
            rules: components["schemas"]["EventRule"][];
            /** Service Id */
            service_id: string | null;
            /** Time Zone */
            time_zone: string;
            updated_at: components["schemas"]["Instant"] | null;
            /** Updated By */
            updated_by: string | null;
            /** Version */
            version: number;
        };
        /**
         * EventRulesInput
         * @description All rules of an organization or a service, in order. `time_zone` is what `now` is told in.
         */
        EventRulesInput: {
            /** Rules */
            rules: components["schemas"]["tocsin__contracts__api_event_rules__RuleInput"][];
            /**
             * Time Zone
             * @description A zone by its IANA name, like Europe/Berlin.
             */
            time_zone?: string;
        };
        /**
         * EventRulesTest
         * @description An example to ask rules about. `rules` are tried in the place of those that are saved.
         */
        EventRulesTest: {
            at?: components["schemas"]["GivenInstant"] | null;
            event: components["schemas"]["EventExample"];
            /** Integration Id */
            integration_id?: string | null;
            rules?: components["schemas"]["EventRulesInput"] | null;
        };
        /**
         * EventRulesVersions
         * @description Versions of rules, the newest first.
         */
        EventRulesVersions: {
            /** Items */
            items: components["schemas"]["EventRules"][];
            /** Next Before */
            next_before: number | null;
        };
        /**
         * Evidence
         * @description What figures are made of, by where results come from; counted up to the last whole hour.
         */
        Evidence: {
            /** Items */
            items: components["schemas"]["OriginEvidence"][];
        };
        /**
         * Explanation
         * @description Everything about an incident, oldest first. `complete` is false when there is more than is shown of something:
         *     the first 200 events, 500 entries and 500 pages are.
         */
        Explanation: {
            /** Complete */
            complete: boolean;
            incident: components["schemas"]["Incident"];
            /** Lines */
            lines: components["schemas"]["ExplanationLine"][];
        };
        /**
         * ExplanationLine
         * @description One thing that happened, and why. `id` is that of the event, timeline entry or notification it is of.
         *
         *     `what` is a stable word: an event's outcome or decision, an entry's kind, what became of a page. `words` tell it.
         */
        ExplanationLine: {
            /** Actor */
            actor?: string | null;
            at: components["schemas"]["Instant"];
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Source
             * @enum {string}
             */
            source: "event" | "timeline" | "notification";
            /** What */
            what: string;
            /** Words */
            words: string;
        };
        /**
         * ExportPage
         * @description A part of an export.
         */
        ExportPage: {
            /** Items */
            items: components["schemas"]["ExportRecord"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ExportRecord
         * @description One row of what an organization owns, without secrets.
         */
        ExportRecord: {
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Resource */
            resource: string;
        };
        /**
         * FieldChange
         * @description One field that an import changes, before and after, as JSON. What secrets are is not told.
         */
        FieldChange: {
            /** After */
            after?: unknown;
            /** Before */
            before?: unknown;
            /** Field */
            field: string;
        };
        /**
         * FiguresReport
         * @description Figures of several monitors: calendar days of a time zone from `first_day` to today, hours since `first_hour`.
         */
        FiguresReport: {
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            first_hour: components["schemas"]["Instant"];
            /** Items */
            items: components["schemas"]["MonitorFigures"][];
            /** Time Zone */
            time_zone: string;
        };
        /**
         * FileFormat
         * @description What an export is written as.
         * @enum {string}
         */
        FileFormat: "csv" | "jsonl";
        GivenInstant: components["schemas"]["Instant"];
        /**
         * Group
         * @description The resources that a permission is about; an API key can be kept to some of them.
         * @enum {string}
         */
        Group: "incidents" | "services" | "policies" | "schedules" | "contact_methods" | "members" | "teams" | "keys" | "organization" | "audit" | "analytics" | "event_rules" | "maintenance" | "monitors" | "probes" | "status_pages";
        /**
         * GroupTold
         * @description What a group is: the worst of its components.
         */
        GroupTold: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            status: components["schemas"]["ComponentStatus"];
        };
        /**
         * Grouping
         * @description Which alerts join one incident, and for how long.
         */
        Grouping: {
            /** By */
            by: string[];
            /** Window Seconds */
            window_seconds: number;
        };
        /**
         * GroupingInput
         * @description Alerts whose labels `by` are equal join one incident, until so long after it was opened.
         */
        GroupingInput: {
            /** By */
            by?: string[];
            /**
             * Window Seconds
             * @description A duration in whole seconds.
             */
            window_seconds: number;
        };
        /**
         * HandoffNotices
         * @description Whether somebody is mailed when their turn in a schedule of the organization begins or ends.
         */
        HandoffNotices: {
            /** Handoff Notices */
            handoff_notices: boolean;
        };
        /**
         * HandoffNoticesInput
         * @description Whether to be mailed when one's turn begins or ends.
         */
        HandoffNoticesInput: {
            /** Handoff Notices */
            handoff_notices: boolean;
        };
        /**
         * Header
         * @description One request header; its value may hold secrets.
         */
        Header: {
            /** Name */
            name: string;
            /** Value */
            value: string;
        };
        /**
         * HeaderAssertion
         * @description A header of the answer, by its name in any case.
         */
        HeaderAssertion: {
            /**
             * Comparison
             * @enum {string}
             */
            comparison: "exists" | "not_exists" | "equals" | "not_equals" | "contains" | "matches";
            /** Name */
            name: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "header";
            /** Value */
            value?: string | null;
        };
        /**
         * HeartbeatSpec
         * @description When something else reports: every `interval_seconds`, or by a cron expression in a time zone, with a grace.
         */
        HeartbeatSpec: {
            /** Cron */
            cron?: string | null;
            /**
             * Grace Seconds
             * @default 300
             */
            grace_seconds: number;
            /** Interval Seconds */
            interval_seconds?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "heartbeat";
            /**
             * Methods
             * @default any
             * @enum {string}
             */
            methods: "any" | "post";
            /** Slug */
            slug?: string | null;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
        };
        /**
         * HttpSpec
         * @description One request, followed to its answer. URL, header values, body and auth may hold secrets, the URL not in its host.
         *
         *     Without an assertion of status the answer must be a 2xx; 3xx too where redirects are not followed.
         */
        HttpSpec: {
            /** Assertions */
            assertions?: components["schemas"]["Assertion"][];
            auth?: components["schemas"]["Auth"] | null;
            /** Body */
            body?: string | null;
            /**
             * @default {
             *       "server_name": null,
             *       "verify": true,
             *       "warn_days": [
             *         14,
             *         7,
             *         1
             *       ]
             *     }
             */
            certificate: components["schemas"]["Certificate"];
            /**
             * Follow Redirects
             * @default true
             */
            follow_redirects: boolean;
            /** Headers */
            headers?: components["schemas"]["Header"][];
            /** @default any */
            ip_version: components["schemas"]["IpVersion"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "http";
            /**
             * Method
             * @default GET
             * @enum {string}
             */
            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
            /** Url */
            url: string;
        };
        /**
         * Impact
         * @description How bad a report is, and, of a page as a whole, how bad everything is: the indicator.
         * @enum {string}
         */
        Impact: "none" | "maintenance" | "minor" | "major" | "critical";
        /**
         * ImportReport
         * @description What an import did, or in a dry run would do.
         */
        ImportReport: {
            /** Created */
            created: number;
            /** Dry Run */
            dry_run: boolean;
            /** Items */
            items: components["schemas"]["ImportedMonitor"][];
            /** Unchanged */
            unchanged: number;
            /** Updated */
            updated: number;
        };
        /**
         * ImportedMonitor
         * @description What an import did to a monitor, or would do.
         */
        ImportedMonitor: {
            /**
             * Action
             * @enum {string}
             */
            action: "create" | "update" | "unchanged";
            /** Changes */
            changes: components["schemas"]["FieldChange"][];
            /** Id */
            id: string | null;
            /** Name */
            name: string;
            /** Ping Url */
            ping_url?: string | null;
        };
        /**
         * Incident
         * @description What people respond to. `acknowledged_by` and the like are actors, kind:id; the names are for reading.
         *
         *     Until `snoozed_until` it pages nobody, then from the first step again; likewise after `acknowledgement_ends_at`.
         *     At `auto_resolves_at` it is looked at whether events still come. `runbook_url` is its own, or else its service's.
         *     While it is muted, `muted_by` says by what: rule:<id>, maintenance_window:<id> or incident:<id>.
         */
        Incident: {
            acknowledged_at: components["schemas"]["Instant"] | null;
            /** Acknowledged By */
            acknowledged_by: string | null;
            /** Acknowledged By Name */
            acknowledged_by_name?: string | null;
            acknowledgement_ends_at?: components["schemas"]["Instant"] | null;
            auto_resolves_at?: components["schemas"]["Instant"] | null;
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Late */
            late: boolean;
            /** Muted By */
            muted_by?: string | null;
            muted_until?: components["schemas"]["Instant"] | null;
            /** Number */
            number: number;
            /**
             * Reopened Count
             * @default 0
             */
            reopened_count: number;
            resolved_at: components["schemas"]["Instant"] | null;
            /** Resolved By */
            resolved_by: string | null;
            /** Resolved By Name */
            resolved_by_name?: string | null;
            /** Runbook Url */
            runbook_url?: string | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            /** Service Name */
            service_name: string;
            severity: components["schemas"]["Severity"];
            /** Snooze Time Zone */
            snooze_time_zone?: string | null;
            /** Snoozed By */
            snoozed_by?: string | null;
            /** Snoozed By Name */
            snoozed_by_name?: string | null;
            snoozed_until?: components["schemas"]["Instant"] | null;
            status: components["schemas"]["Status"];
            /** Title */
            title: string;
            updated_at: components["schemas"]["Instant"];
            /** @default high */
            urgency: components["schemas"]["Urgency"];
        };
        /**
         * IncidentDetail
         * @description An incident with its alerts, its escalation, and who helps. With `paging_stop` nobody is paged for now.
         */
        IncidentDetail: {
            acknowledged_at: components["schemas"]["Instant"] | null;
            /** Acknowledged By */
            acknowledged_by: string | null;
            /** Acknowledged By Name */
            acknowledged_by_name?: string | null;
            acknowledgement_ends_at?: components["schemas"]["Instant"] | null;
            /** Alerts */
            alerts: components["schemas"]["Alert"][];
            auto_resolves_at?: components["schemas"]["Instant"] | null;
            created_at: components["schemas"]["Instant"];
            escalation: components["schemas"]["Escalation"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_move?: components["schemas"]["LastMove"] | null;
            /** Late */
            late: boolean;
            /** Muted By */
            muted_by?: string | null;
            muted_until?: components["schemas"]["Instant"] | null;
            /** Number */
            number: number;
            paging_stop?: components["schemas"]["PagingStop"] | null;
            /**
             * Reopened Count
             * @default 0
             */
            reopened_count: number;
            resolved_at: components["schemas"]["Instant"] | null;
            /** Resolved By */
            resolved_by: string | null;
            /** Resolved By Name */
            resolved_by_name?: string | null;
            /** Responders */
            responders: components["schemas"]["Responder"][];
            /** Runbook Url */
            runbook_url?: string | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            /** Service Name */
            service_name: string;
            severity: components["schemas"]["Severity"];
            /** Snooze Time Zone */
            snooze_time_zone?: string | null;
            /** Snoozed By */
            snoozed_by?: string | null;
            /** Snoozed By Name */
            snoozed_by_name?: string | null;
            snoozed_until?: components["schemas"]["Instant"] | null;
            status: components["schemas"]["Status"];
            /** Title */
            title: string;
            updated_at: components["schemas"]["Instant"];
            /** @default high */
            urgency: components["schemas"]["Urgency"];
        };
        /**
         * IncidentPage
         * @description Incidents, newest first. With `paging_stop` nobody is paged for any of them for now: show it loudly.
         */
        IncidentPage: {
            /** Items */
            items: components["schemas"]["Incident"][];
            /** Next Cursor */
            next_cursor: string | null;
            paging_stop?: components["schemas"]["PagingStop"] | null;
        };
        /**
         * IncidentPatch
         * @description What to change of an incident; what is left out stays, and null lets its service's runbook apply.
         */
        IncidentPatch: {
            /** Runbook Url */
            runbook_url?: string | null;
            urgency?: components["schemas"]["Urgency"] | null;
        };
        /** Format: date-time */
        Instant: string;
        /**
         * Integration
         * @description A way in to a service; its routing keys speak every inbound protocol.
         */
        Integration: {
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
        };
        /**
         * IntegrationInput
         * @description A way in to a service.
         */
        IntegrationInput: {
            /** Name */
            name: string;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
        };
        /**
         * IntegrationPage
         * @description Integrations by name.
         */
        IntegrationPage: {
            /** Items */
            items: components["schemas"]["Integration"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * IntegrationTest
         * @description An event that is on its way; once it has been processed, it is found by its id.
         */
        IntegrationTest: {
            /** Dedup Key */
            dedup_key: string;
            /**
             * Event Id
             * Format: uuid
             */
            event_id: string;
        };
        /**
         * IntegrationTestInput
         * @description An event to come by an integration, as if its tool had sent it.
         */
        IntegrationTestInput: {
            /**
             * Action
             * @enum {string}
             */
            action?: "trigger" | "resolve";
            severity?: components["schemas"]["Severity"];
        };
        /**
         * Interval
         * @description What response times are told by: calendar days, weeks or months of a time zone.
         * @enum {string}
         */
        Interval: "day" | "week" | "month";
        /**
         * Invitation
         * @description An invitation; `version` is what If-Match is compared with. Its token goes by mail alone.
         */
        Invitation: {
            accepted_at: components["schemas"]["Instant"] | null;
            /** Accepted By */
            accepted_by: string | null;
            created_at: components["schemas"]["Instant"];
            /** Email */
            email: string;
            expires_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Invited By */
            invited_by: string;
            revoked_at: components["schemas"]["Instant"] | null;
            role: components["schemas"]["Role"];
            sent_at: components["schemas"]["Instant"];
            status: components["schemas"]["InvitationStatus"];
            /** Teams */
            teams: components["schemas"]["InvitedTeam"][];
            /** Version */
            version: number;
        };
        /**
         * InvitationInput
         * @description Somebody to invite, by any e-mail address; an international domain is kept in its ASCII form.
         */
        InvitationInput: {
            /** Email */
            email: string;
            /**
             * Expires In Seconds
             * @description How long it can be accepted, in whole seconds.
             */
            expires_in_seconds?: number;
            role: components["schemas"]["Role"];
            /** Teams */
            teams?: components["schemas"]["InvitedTeamInput"][];
        };
        /**
         * InvitationPage
         * @description Invitations, newest first.
         */
        InvitationPage: {
            /** Items */
            items: components["schemas"]["Invitation"][];
            /** Next Cursor */
            next_cursor?: string | null;
        };
        /**
         * InvitationStatus
         * @description What has become of an invitation.
         * @enum {string}
         */
        InvitationStatus: "pending" | "expired" | "accepted" | "revoked";
        /**
         * InvitationUpdate
         * @description What to change of an invitation that waits; what is left out stays.
         */
        InvitationUpdate: {
            role?: components["schemas"]["Role"] | null;
            /** Teams */
            teams?: components["schemas"]["InvitedTeamInput"][] | null;
        };
        /**
         * InvitedTeam
         * @description A team somebody joins by an invitation, as what.
         */
        InvitedTeam: {
            role: components["schemas"]["TeamRole"];
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
        };
        /**
         * InvitedTeamInput
         * @description A team to join by an invitation, as what.
         */
        InvitedTeamInput: {
            role?: components["schemas"]["TeamRole"];
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
        };
        /** @enum {string} */
        IpVersion: "any" | "4" | "6";
        /**
         * Joined
         * @description What somebody is in an organization by now; who was a member before keeps their role.
         */
        Joined: {
            /**
             * Org Id
             * Format: uuid
             */
            org_id: string;
            role: components["schemas"]["Role"];
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * JsonAssertion
         * @description What an RFC 9535 path selects in the JSON body. Without `value` only for `exists` and `not_exists`.
         */
        JsonAssertion: {
            /**
             * Comparison
             * @enum {string}
             */
            comparison: "exists" | "not_exists" | "equals" | "not_equals" | "contains" | "matches" | "less_than" | "greater_than";
            /** Path */
            path: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "json";
            /** Value */
            value?: string | number | boolean | null;
        };
        /**
         * LastMove
         * @description The last thing somebody did to an incident that changed it, as its timeline tells it.
         */
        LastMove: {
            /** Actor */
            actor: string;
            /** Actor Name */
            actor_name?: string | null;
            at: components["schemas"]["Instant"];
            /** Kind */
            kind: string;
        };
        /**
         * LastUpdate
         * @description The update that is shown first.
         */
        LastUpdate: {
            /** Body */
            body: string;
            display_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            status: components["schemas"]["ReportStatus"];
        };
        /**
         * Latency
         * @description Checks of a region in a step by how they ended, and the latencies in milliseconds of those that were answered (up
         *     and degraded); null where none was.
         */
        Latency: {
            /** Degraded */
            degraded: number;
            /** Down */
            down: number;
            ends_at: components["schemas"]["Instant"];
            /** Mean Ms */
            mean_ms: number | null;
            /** P50 Ms */
            p50_ms: number | null;
            /** P90 Ms */
            p90_ms: number | null;
            /** P95 Ms */
            p95_ms: number | null;
            /** P99 Ms */
            p99_ms: number | null;
            /** Region */
            region: string;
            starts_at: components["schemas"]["Instant"];
            /** Unknown */
            unknown: number;
            /** Up */
            up: number;
        };
        /**
         * LatencyAssertion
         * @description A part of the time it took is shorter than `less_than_ms`; otherwise the monitor is down, or only degraded.
         */
        LatencyAssertion: {
            /** Less Than Ms */
            less_than_ms: number;
            /**
             * Otherwise
             * @default degraded
             * @enum {string}
             */
            otherwise: "degraded" | "down";
            /**
             * Part
             * @default total
             * @enum {string}
             */
            part: "dns" | "connect" | "tls" | "first_byte" | "total";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "latency";
        };
        /**
         * LatencyReport
         * @description Latencies by region: of the whole window, and of each step that has results, oldest first. The window is widened
         *     to whole steps. Percentiles are within `relative_error` of the one at the nearest rank.
         */
        LatencyReport: {
            ends_at: components["schemas"]["Instant"];
            /** Items */
            items: components["schemas"]["Latency"][];
            origin: components["schemas"]["Origin"];
            /**
             * Relative Error
             * @default 0.02
             */
            relative_error: number;
            starts_at: components["schemas"]["Instant"];
            step: components["schemas"]["LatencyStep"];
            /** Totals */
            totals: components["schemas"]["Latency"][];
        };
        /**
         * LatencyStep
         * @description What latencies are told by: hours or days of UTC.
         * @enum {string}
         */
        LatencyStep: "hour" | "day";
        /**
         * Layer
         * @description A rotation; later layers lie on top of earlier ones.
         */
        Layer: {
            ends_at?: components["schemas"]["Instant"] | null;
            /** Handoff */
            handoff: string;
            /**
             * Layer Id
             * Format: uuid
             */
            layer_id: string;
            /** Length */
            length: number;
            /** Name */
            name: string;
            /** Participants */
            participants: (string | null)[];
            /** Restrictions */
            restrictions: components["schemas"]["Restriction"][];
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            unit: components["schemas"]["Unit"];
        };
        /**
         * LayerInput
         * @description A rotation: participants who take turns of a length, handed over at a time of day.
         *
         *     `participants` are members, or null where the layers below show through; the first one begins on `starts_on`. A
         *     layer that the schedule has keeps its `layer_id`, and with it whose turn it is.
         */
        LayerInput: {
            ends_at?: components["schemas"]["GivenInstant"] | null;
            /**
             * Handoff
             * @description A time of day in the schedule's zone, HH:MM.
             */
            handoff?: string;
            /** Layer Id */
            layer_id?: string | null;
            /** Length */
            length?: number;
            /** Name */
            name: string;
            /** Participants */
            participants: (string | null)[];
            /** Restrictions */
            restrictions?: components["schemas"]["RestrictionInput"][];
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            unit: components["schemas"]["Unit"];
        };
        /**
         * Level
         * @description How bad a finding is: a page will be lost, a page can be lost, something is left over.
         * @enum {string}
         */
        Level: "error" | "warning" | "info";
        /**
         * LintFinding
         * @description One thing that is wrong, why, and what would be right. `code` is stable; words are for reading.
         */
        LintFinding: {
            code: components["schemas"]["Code"];
            level: components["schemas"]["Level"];
            /** Reason */
            reason: string;
            /** Remedy */
            remedy: string;
            subject: components["schemas"]["LintSubject"];
        };
        /**
         * LintReport
         * @description Findings, worst first, of the week that begins at `at`; and how many there are of each level.
         */
        LintReport: {
            at: components["schemas"]["Instant"];
            /** Errors */
            errors: number;
            /** Infos */
            infos: number;
            /** Items */
            items: components["schemas"]["LintFinding"][];
            /** Warnings */
            warnings: number;
        };
        /**
         * LintSubject
         * @description What a finding is about; `part_of` is null for what stands by itself, as rules of the organization do.
         */
        LintSubject: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Name */
            name: string;
            part_of: components["schemas"]["LintWhole"] | null;
        };
        /**
         * LintWhole
         * @description Where a part is found: the policy of a step, the integration of a routing key, the service of a rule.
         */
        LintWhole: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
        };
        /**
         * LiveChange
         * @description Something that looks different since: which, and of a monitor's state alone how.
         */
        LiveChange: {
            at: components["schemas"]["Instant"];
            /**
             * Id
             * @description Its id; * for all of its kind.
             */
            id: string;
            /**
             * Kind
             * @description What it is: incident, monitor, monitor_down, check_result, schedule …
             */
            kind: string;
            topic: components["schemas"]["Topic"];
        };
        /**
         * LiveChanges
         * @description What has changed after a number.
         */
        LiveChanges: {
            /**
             * Is Reset
             * @description Whether more has changed than is known, since that is kept for an hour: read everything anew.
             */
            is_reset: boolean;
            /**
             * Items
             * @description Each thing once, by its latest change.
             */
            items: components["schemas"]["LiveChange"][];
            /**
             * Sequence
             * @description Ask from here the next time.
             */
            sequence: number;
        };
        /**
         * LiveTicket
         * @description The right to open one connection; shown this once.
         */
        LiveTicket: {
            /** @description Connect until then: a minute from now. */
            expires_at: components["schemas"]["Instant"];
            /** Ticket */
            ticket: string;
            /**
             * Topics
             * @description What may be subscribed to.
             */
            topics: components["schemas"]["Topic"][];
            /**
             * Url
             * @description Where to connect, the ticket in it: wss://… It works once.
             */
            url: string;
        };
        /**
         * Logo
         * @description A picture that a page shows on light or on dark grounds; sides in pixels.
         */
        Logo: {
            /** Alt */
            alt: string;
            /** Bytes */
            bytes: number;
            /** Content Type */
            content_type: string;
            created_at: components["schemas"]["Instant"];
            /** Height */
            height: number;
            /** Sha256 */
            sha256: string;
            /**
             * Variant
             * @enum {string}
             */
            variant: "light" | "dark";
            /** Width */
            width: number;
        };
        /**
         * MaintenanceInput
         * @description Maintenance that is announced. It moves by itself at its times unless `moves_by_schedule` is false; with `mutes`
         *     a maintenance window keeps what is behind its components from paging anybody meanwhile.
         */
        MaintenanceInput: {
            /** Body */
            body: string;
            /** Component Ids */
            component_ids?: string[];
            display_at?: components["schemas"]["GivenInstant"] | null;
            /** Moves By Schedule */
            moves_by_schedule?: boolean;
            /** Mutes */
            mutes?: boolean;
            scheduled_for: components["schemas"]["GivenInstant"];
            scheduled_until: components["schemas"]["GivenInstant"];
            /**
             * State
             * @enum {string}
             */
            state?: "draft" | "published";
            status?: components["schemas"]["ReportStatus"];
            /**
             * Tells Subscribers
             * @description Whether subscribers of the page are told of it.
             */
            tells_subscribers?: boolean;
            /** Title */
            title: string;
        };
        /**
         * MaintenanceWindow
         * @description A window; `open` is the occurrence that is open now, `upcoming` the next ones. Send its version as If-Match.
         */
        MaintenanceWindow: {
            cancelled_at: components["schemas"]["Instant"] | null;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            ended_at: components["schemas"]["Instant"] | null;
            ends_at: components["schemas"]["Instant"];
            /** Everything */
            everything: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["WindowKind"];
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Monitor Ids */
            monitor_ids?: string[];
            /** Name */
            name: string;
            open: components["schemas"]["Occurrence"] | null;
            /** Recurrence */
            recurrence: string | null;
            recurs_until: components["schemas"]["Instant"] | null;
            /** Service Ids */
            service_ids: string[];
            starts_at: components["schemas"]["Instant"];
            /** Time Zone */
            time_zone: string;
            /** Upcoming */
            upcoming: components["schemas"]["Occurrence"][];
            /** Version */
            version: number;
        };
        /**
         * Me
         * @description Who calls. A person has an account and their organizations; a key or a visit to the demo has one organization.
         *
         *     `refused_email` is a verified address of the sign-in that could not become the account's, because another has it.
         */
        Me: {
            /** @default write */
            access: components["schemas"]["Access"];
            /** Email */
            email?: string | null;
            /** Groups */
            groups?: components["schemas"]["Group"][] | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "user" | "api_key" | "demo";
            /** Name */
            name?: string | null;
            /** Organizations */
            organizations: components["schemas"]["MyOrganization"][];
            /** Refused Email */
            refused_email?: string | null;
            /** User Id */
            user_id?: string | null;
        };
        /**
         * MeInput
         * @description What somebody changes of their account.
         */
        MeInput: {
            /** Name */
            name: string;
        };
        /**
         * Member
         * @description Somebody who belongs to the organization.
         */
        Member: {
            created_at: components["schemas"]["Instant"];
            /** Email */
            email: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
            /** Teams */
            teams: components["schemas"]["MemberTeam"][];
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /** Version */
            version: number;
        };
        /**
         * MemberPage
         * @description Members by name.
         */
        MemberPage: {
            /** Items */
            items: components["schemas"]["Member"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * MemberPatch
         * @description What a member is from now on.
         */
        MemberPatch: {
            role: components["schemas"]["Role"];
        };
        /**
         * MemberTeam
         * @description A team somebody is in, and as what.
         */
        MemberTeam: {
            /** Name */
            name: string;
            role: components["schemas"]["TeamRole"];
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
        };
        /**
         * MethodTest
         * @description A test page to a contact method: queued, then sent or failed, with what the receiver said in `detail`.
         */
        MethodTest: {
            /**
             * Contact Method Id
             * Format: uuid
             */
            contact_method_id: string;
            created_at: components["schemas"]["Instant"];
            /** Detail */
            detail: string | null;
            ended_at: components["schemas"]["Instant"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "sent" | "failed";
        };
        /**
         * Monitor
         * @description A monitor with what it is now; send its version as If-Match to change it. One never checked is unknown.
         *
         *     While it is paused nothing is known of it, within seconds. Of a heartbeat, `expected_at` is when it should hear
         *     again, and `late_at` when it is down unless it has; neither is set before its first ping. With a beacon,
         *     `beacon_hint` is how its key ends.
         */
        Monitor: {
            /** Beacon Hint */
            beacon_hint?: string | null;
            /** Confirmation Seconds */
            confirmation_seconds: number;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /** Description */
            description: string;
            expected_at?: components["schemas"]["Instant"] | null;
            /** Failures To Down */
            failures_to_down: number;
            /** Group Id */
            group_id: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** In Regions */
            in_regions?: components["schemas"]["MonitorRegion"][];
            /** Interval Seconds */
            interval_seconds: number;
            /**
             * Is Flapping
             * @default false
             */
            is_flapping: boolean;
            /**
             * Is Stale
             * @default false
             */
            is_stale: boolean;
            kind: components["schemas"]["MonitorKind"];
            last_checked_at?: components["schemas"]["Instant"] | null;
            late_at?: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            origin: components["schemas"]["Origin"];
            paused_at: components["schemas"]["Instant"] | null;
            /** Paused By */
            paused_by: string | null;
            pending_status?: components["schemas"]["CheckStatus"] | null;
            /** Ping Hint */
            ping_hint?: string | null;
            /** Quorum */
            quorum: number | null;
            /** Recovery Seconds */
            recovery_seconds: number;
            /** Regions */
            regions: string[];
            /** Secret Names */
            secret_names: string[];
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            severity: components["schemas"]["Severity"];
            since?: components["schemas"]["Instant"] | null;
            /** Slug */
            slug?: string | null;
            spec: components["schemas"]["MonitorSpec"];
            /** @default unknown */
            status: components["schemas"]["CheckStatus"];
            /** Successes To Up */
            successes_to_up: number;
            /** Tags */
            tags: string[];
            /** Team Id */
            team_id: string | null;
            /** Timeout Seconds */
            timeout_seconds: number;
            updated_at: components["schemas"]["Instant"];
            /** Version */
            version: number;
        };
        /**
         * MonitorCopy
         * @description What to call a copy of a monitor. It is paused at first, unless you say otherwise.
         */
        MonitorCopy: {
            /** Name */
            name: string;
            /** Paused */
            paused?: boolean;
            /** Team Id */
            team_id?: string | null;
        };
        /**
         * MonitorEntry
         * @description A monitor as a document tells it: everything it belongs to by name. Its own name says which one it is.
         */
        MonitorEntry: {
            /**
             * Confirmation Seconds
             * @default 0
             */
            confirmation_seconds: number;
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Failures To Down
             * @default 2
             */
            failures_to_down: number;
            /** Group */
            group?: string | null;
            /**
             * Interval Seconds
             * @description Seconds between two checks in one region: 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, …
             * @default 60
             */
            interval_seconds: number;
            /** Name */
            name: string;
            /**
             * Paused
             * @default false
             */
            paused: boolean;
            /** Quorum */
            quorum?: number | null;
            /**
             * Recovery Seconds
             * @default 300
             */
            recovery_seconds: number;
            /** Regions */
            regions?: string[] | null;
            /** Secrets */
            secrets?: {
                [key: string]: string | null;
            } | null;
            /** Service */
            service: string;
            /** @default critical */
            severity: components["schemas"]["Severity"];
            spec: components["schemas"]["MonitorSpec"];
            /**
             * Successes To Up
             * @default 2
             */
            successes_to_up: number;
            /** Tags */
            tags?: string[];
            /** Team */
            team?: string | null;
            /**
             * Timeout Seconds
             * @description Seconds that one attempt may take, redirects included.
             * @default 10
             */
            timeout_seconds: number;
        };
        /**
         * MonitorFigures
         * @description A monitor at one glance: its uptime of all the days and of each, and the mean milliseconds of its answers in each
         *     hour that has been counted; null where nothing is known.
         */
        MonitorFigures: {
            /** Days */
            days: (number | null)[];
            /** Hours */
            hours: (number | null)[];
            /**
             * Monitor Id
             * Format: uuid
             */
            monitor_id: string;
            /** Uptime */
            uptime: number | null;
        };
        /**
         * MonitorGroup
         * @description A group of monitors; send its version as If-Match to change it.
         */
        MonitorGroup: {
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Monitors */
            monitors: number;
            /** Name */
            name: string;
            /** Position */
            position: number;
            /** Version */
            version: number;
        };
        /**
         * MonitorGroupInput
         * @description A group of monitors; those of the lowest position come first.
         */
        MonitorGroupInput: {
            /** Name */
            name: string;
            /** Position */
            position?: number;
        };
        /**
         * MonitorGroups
         * @description All groups, by position and name.
         */
        MonitorGroups: {
            /** Items */
            items: components["schemas"]["MonitorGroup"][];
        };
        /**
         * MonitorInput
         * @description A whole monitor. It pages by its service, with incidents of this severity. A heartbeat has no regions.
         */
        MonitorInput: {
            /** Confirmation Seconds */
            confirmation_seconds?: number;
            /** Description */
            description?: string;
            /** Failures To Down */
            failures_to_down?: number;
            /** Group Id */
            group_id?: string | null;
            /**
             * Interval Seconds
             * @description Seconds between two checks in one region: 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, …
             */
            interval_seconds?: number;
            /** Name */
            name: string;
            /** Quorum */
            quorum?: number | null;
            /** Recovery Seconds */
            recovery_seconds?: number;
            /** Regions */
            regions?: string[] | null;
            /** Secrets */
            secrets?: {
                [key: string]: string | null;
            } | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            severity?: components["schemas"]["Severity"];
            spec: components["schemas"]["MonitorSpec"];
            /** Successes To Up */
            successes_to_up?: number;
            /** Tags */
            tags?: string[];
            /** Team Id */
            team_id?: string | null;
            /**
             * Timeout Seconds
             * @description Seconds that one attempt may take, redirects included.
             */
            timeout_seconds?: number;
        };
        /**
         * MonitorKind
         * @description What is checked; a heartbeat is not checked but expected to report.
         * @enum {string}
         */
        MonitorKind: "http" | "tls" | "tcp" | "dns" | "heartbeat";
        /**
         * MonitorPage
         * @description Monitors by name.
         */
        MonitorPage: {
            /** Items */
            items: components["schemas"]["Monitor"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * MonitorRegion
         * @description What a monitor is in one region, and what came of its last check there.
         */
        MonitorRegion: {
            last_checked_at: components["schemas"]["Instant"];
            /** Last Latency Ms */
            last_latency_ms: number | null;
            last_reason: components["schemas"]["tocsin__domain__monitor__Reason"] | null;
            last_status: components["schemas"]["CheckStatus"];
            /** Region */
            region: string;
            since: components["schemas"]["Instant"];
            status: components["schemas"]["CheckStatus"];
        };
        /**
         * MonitorRun
         * @description A check that somebody asked for: its results as they come in. Regions that never answer stay in `waiting_for`.
         */
        MonitorRun: {
            asked_at: components["schemas"]["Instant"];
            /** Asked By */
            asked_by: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Monitor Id */
            monitor_id: string | null;
            /** Regions */
            regions: string[];
            /** Results */
            results: components["schemas"]["RunResult"][];
            /** Waiting For */
            waiting_for: string[];
        };
        MonitorSpec: components["schemas"]["HttpSpec"] | components["schemas"]["TlsSpec"] | components["schemas"]["TcpSpec"] | components["schemas"]["DnsSpec"] | components["schemas"]["HeartbeatSpec"];
        /**
         * MonitorTest
         * @description A check to try, of which nothing is saved. Secrets that are null are those of the monitor `monitor_id`.
         */
        MonitorTest: {
            /** Monitor Id */
            monitor_id?: string | null;
            /** Regions */
            regions?: string[] | null;
            /** Secrets */
            secrets?: {
                [key: string]: string | null;
            } | null;
            spec: components["schemas"]["MonitorSpec"];
            /** Team Id */
            team_id?: string | null;
            /**
             * Timeout Seconds
             * @description Seconds that one attempt may take, redirects included.
             */
            timeout_seconds?: number;
        };
        /**
         * MonitorsDocument
         * @description Monitors to import, or as they were exported. Groups that are not there yet are made; nothing is deleted.
         */
        MonitorsDocument: {
            /** Monitors */
            monitors: components["schemas"]["MonitorEntry"][];
        };
        /**
         * MyOrganization
         * @description An organization that somebody is in, and what they are there.
         */
        MyOrganization: {
            deletes_at?: components["schemas"]["Instant"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
            /** Teams */
            teams: components["schemas"]["MyTeam"][];
        };
        /**
         * MyTeam
         * @description A team that somebody is in.
         */
        MyTeam: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            role: components["schemas"]["TeamRole"];
        };
        /**
         * NewApiKey
         * @description An API key just made; `key` is shown this once.
         */
        NewApiKey: {
            access: components["schemas"]["Access"];
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string | null;
            expires_at: components["schemas"]["Instant"] | null;
            /** Groups */
            groups: components["schemas"]["Group"][] | null;
            /** Hint */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Key */
            key: string;
            last_used_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            revoked_at: components["schemas"]["Instant"] | null;
            role: components["schemas"]["Role"];
            /** User Id */
            user_id: string | null;
        };
        /**
         * NewBeacon
         * @description A beacon just made; `snippet` goes into the page's head and is shown this once.
         */
        NewBeacon: {
            created_at: components["schemas"]["Instant"];
            /** Hint */
            hint: string;
            /**
             * Monitor Id
             * Format: uuid
             */
            monitor_id: string;
            /** Sample Percent */
            sample_percent: number;
            /** Snippet */
            snippet: string;
        };
        /**
         * NewCalendarFeed
         * @description A calendar with its secret address, shown this once: whoever has it sees the shifts.
         */
        NewCalendarFeed: {
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_used_at: components["schemas"]["Instant"] | null;
            revoked_at: components["schemas"]["Instant"] | null;
            /**
             * Schedule Id
             * Format: uuid
             */
            schedule_id: string;
            /** Url */
            url: string;
            /** User Id */
            user_id: string | null;
        };
        /**
         * NewContactMethod
         * @description A contact method just made; a webhook's signing secret is shown this once.
         */
        NewContactMethod: {
            /** Address */
            address: string | null;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "webhook" | "slack";
            created_at: components["schemas"]["Instant"];
            disabled_at: components["schemas"]["Instant"] | null;
            /** Disabled Reason */
            disabled_reason: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Label */
            label: string;
            /** Secret */
            secret: string | null;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            verification_ends_at?: components["schemas"]["Instant"] | null;
            verified_at?: components["schemas"]["Instant"] | null;
        };
        /**
         * NewDestination
         * @description A destination with a new URL; a webhook's signing secret is shown this once.
         */
        NewDestination: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "webhook" | "slack";
            created_at: components["schemas"]["Instant"];
            disabled_at: components["schemas"]["Instant"] | null;
            /** Disabled Reason */
            disabled_reason: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Secret */
            secret: string | null;
            /** Team Id */
            team_id: string | null;
            /** Version */
            version: number;
        };
        /**
         * NewIntegration
         * @description An integration just made, with its first routing key.
         */
        NewIntegration: {
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            routing_key: components["schemas"]["NewRoutingKey"];
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
        };
        /**
         * NewMonitor
         * @description A monitor just made; of a heartbeat `ping_url` is where it reports to, shown this once.
         */
        NewMonitor: {
            /** Beacon Hint */
            beacon_hint?: string | null;
            /** Confirmation Seconds */
            confirmation_seconds: number;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /** Description */
            description: string;
            expected_at?: components["schemas"]["Instant"] | null;
            /** Failures To Down */
            failures_to_down: number;
            /** Group Id */
            group_id: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** In Regions */
            in_regions?: components["schemas"]["MonitorRegion"][];
            /** Interval Seconds */
            interval_seconds: number;
            /**
             * Is Flapping
             * @default false
             */
            is_flapping: boolean;
            /**
             * Is Stale
             * @default false
             */
            is_stale: boolean;
            kind: components["schemas"]["MonitorKind"];
            last_checked_at?: components["schemas"]["Instant"] | null;
            late_at?: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            origin: components["schemas"]["Origin"];
            paused_at: components["schemas"]["Instant"] | null;
            /** Paused By */
            paused_by: string | null;
            pending_status?: components["schemas"]["CheckStatus"] | null;
            /** Ping Hint */
            ping_hint?: string | null;
            /** Ping Url */
            ping_url?: string | null;
            /** Quorum */
            quorum: number | null;
            /** Recovery Seconds */
            recovery_seconds: number;
            /** Regions */
            regions: string[];
            /** Secret Names */
            secret_names: string[];
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            severity: components["schemas"]["Severity"];
            since?: components["schemas"]["Instant"] | null;
            /** Slug */
            slug?: string | null;
            spec: components["schemas"]["MonitorSpec"];
            /** @default unknown */
            status: components["schemas"]["CheckStatus"];
            /** Successes To Up */
            successes_to_up: number;
            /** Tags */
            tags: string[];
            /** Team Id */
            team_id: string | null;
            /** Timeout Seconds */
            timeout_seconds: number;
            updated_at: components["schemas"]["Instant"];
            /** Version */
            version: number;
        };
        /**
         * NewPingKey
         * @description A ping key just made; `key` and the URL that it goes into are shown this once.
         */
        NewPingKey: {
            created_at: components["schemas"]["Instant"];
            /** Hint */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Key */
            key: string;
            last_used_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            /** Ping Url */
            ping_url: string;
            revoked_at: components["schemas"]["Instant"] | null;
            /** Service Id */
            service_id: string | null;
            /** Unknown Slug */
            unknown_slug: string | null;
            unknown_slug_at: components["schemas"]["Instant"] | null;
        };
        /**
         * NewProbe
         * @description A probe with the token that enrols it, shown this once.
         */
        NewProbe: {
            certificate_expires_at: components["schemas"]["Instant"] | null;
            /** Certificate Serial */
            certificate_serial: string | null;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            enrolled_at: components["schemas"]["Instant"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_seen_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            /**
             * Private Location Id
             * Format: uuid
             */
            private_location_id: string;
            revoked_at: components["schemas"]["Instant"] | null;
            /** Software */
            software: string | null;
            status: components["schemas"]["ProbeStatus"];
            /** Token */
            token: string;
            token_expires_at: components["schemas"]["Instant"];
        };
        /**
         * NewRoutingKey
         * @description A routing key just made; `key` is shown this once.
         */
        NewRoutingKey: {
            created_at: components["schemas"]["Instant"];
            expires_at: components["schemas"]["Instant"] | null;
            /** Hint */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Integration Id
             * Format: uuid
             */
            integration_id: string;
            /** Key */
            key: string;
            last_refused_at: components["schemas"]["Instant"] | null;
            last_used_at: components["schemas"]["Instant"] | null;
            /** Refused Count */
            refused_count: number;
            revoked_at: components["schemas"]["Instant"] | null;
        };
        /**
         * NoteInput
         * @description A note for an incident's timeline.
         */
        NoteInput: {
            /** Text */
            text: string;
        };
        /**
         * Notification
         * @description A page and its fate. `uncertain`: an attempt's outcome never came; `unclaimed`: sent without the claim's word.
         *
         *     `position` is -1 for somebody who was called in to help, whom no step has paged. `retry` counts the repetitions of
         *     its step; `rule` is the notification rule it goes by, which has held it back until `delayed_until`.
         */
        Notification: {
            /** Address */
            address: string | null;
            /** Attempts */
            attempts: components["schemas"]["Attempt"][];
            /** Channel */
            channel: string;
            /** Contact Method Id */
            contact_method_id: string | null;
            created_at: components["schemas"]["Instant"];
            delayed_until: components["schemas"]["Instant"] | null;
            /** Destination Id */
            destination_id: string | null;
            due_at: components["schemas"]["Instant"];
            finished_at: components["schemas"]["Instant"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Position */
            position: number;
            /** Reason */
            reason: string | null;
            /** Retry */
            retry: number;
            /** Round */
            round: number;
            /** Rule */
            rule: string;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "claimed" | "delivered" | "failed" | "cancelled";
            /** Step Id */
            step_id: string | null;
            /** Target */
            target: string;
            /** Target Name */
            target_name: string | null;
            /** Uncertain */
            uncertain: boolean;
            /** Unclaimed */
            unclaimed: boolean;
        };
        /**
         * NotificationPage
         * @description Notifications, oldest first.
         */
        NotificationPage: {
            /** Items */
            items: components["schemas"]["Notification"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * NotificationRule
         * @description Page by this contact method, so many seconds after the step. One that is switched off is passed over.
         */
        NotificationRule: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "webhook" | "slack";
            /**
             * Contact Method Id
             * Format: uuid
             */
            contact_method_id: string;
            /** Delay Seconds */
            delay_seconds: number;
            /** Is Enabled */
            is_enabled: boolean;
            /** Is Verified */
            is_verified: boolean;
            /** Label */
            label: string;
        };
        /**
         * NotificationRuleSet
         * @description How a member is paged for what is urgent or not, in the order of the delays.
         *
         *     With `is_default` they have made no rules: `rules` are all their methods, at once. That is what happens too while
         *     every method of their own rules is switched off. Send the version as If-Match to change it.
         */
        NotificationRuleSet: {
            /** Is Default */
            is_default: boolean;
            /** Rules */
            rules: components["schemas"]["NotificationRule"][];
            updated_at: components["schemas"]["Instant"] | null;
            urgency: components["schemas"]["Urgency"];
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /** Version */
            version: number;
        };
        /**
         * NotificationRuleSets
         * @description A member's rules for every urgency.
         */
        NotificationRuleSets: {
            /** Items */
            items: components["schemas"]["NotificationRuleSet"][];
        };
        /**
         * Occurrence
         * @description One time that a window is open: from, and until before.
         */
        Occurrence: {
            ends_at: components["schemas"]["Instant"];
            starts_at: components["schemas"]["Instant"];
        };
        /**
         * OnCall
         * @description Who is on call in a schedule now, and who is next; null when it is nobody.
         */
        OnCall: {
            next: components["schemas"]["Shift"] | null;
            now: components["schemas"]["Shift"] | null;
            /**
             * Schedule Id
             * Format: uuid
             */
            schedule_id: string;
            /** Schedule Name */
            schedule_name: string;
            /** Team Id */
            team_id: string | null;
        };
        /**
         * OnCallPage
         * @description Who is on call, by the schedules' names; a page can hold less than its limit, and be followed by another.
         */
        OnCallPage: {
            at: components["schemas"]["Instant"];
            /** Items */
            items: components["schemas"]["OnCall"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * OrderInput
         * @description All groups and components of a page, each once, in the order they are to be shown in.
         */
        OrderInput: {
            /** Items */
            items: components["schemas"]["OrderItem"][];
        };
        /**
         * OrderItem
         * @description A component that is in no group, or a group with its components, in the order they are shown in.
         */
        OrderItem: {
            /** Component Id */
            component_id?: string | null;
            /** Component Ids */
            component_ids?: string[];
            /** Group Id */
            group_id?: string | null;
        };
        /**
         * Organization
         * @description An organization. `fallback_email` is paged when nobody else is left; after `deletes_at` nothing of it is.
         *
         *     With `paging_stop` nobody is paged for now: show it loudly.
         */
        Organization: {
            created_at: components["schemas"]["Instant"];
            deletes_at: components["schemas"]["Instant"] | null;
            /** Fallback Email */
            fallback_email: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Is Demo
             * @default false
             */
            is_demo: boolean;
            /** Name */
            name: string;
            paging_stop?: components["schemas"]["PagingStop"] | null;
            /** Version */
            version: number;
        };
        /**
         * OrganizationEnd
         * @description The organization's name, typed by who wants it deleted.
         */
        OrganizationEnd: {
            /** Name */
            name: string;
        };
        /**
         * OrganizationInput
         * @description An organization to create; who creates it owns it.
         */
        OrganizationInput: {
            /** Fallback Email */
            fallback_email?: string | null;
            /** Name */
            name: string;
        };
        /**
         * OrganizationPatch
         * @description What to change of the organization; null takes the fallback away, what is left out stays.
         */
        OrganizationPatch: {
            /** Fallback Email */
            fallback_email?: string | null;
            /** Name */
            name?: string | null;
        };
        /**
         * OrganizationRulesTest
         * @description An example that comes to a service, to ask the organization's rules about.
         */
        OrganizationRulesTest: {
            at?: components["schemas"]["GivenInstant"] | null;
            event: components["schemas"]["EventExample"];
            /** Integration Id */
            integration_id?: string | null;
            rules?: components["schemas"]["EventRulesInput"] | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
        };
        /**
         * Origin
         * @description Where a result comes from; figures shown to the public count `live` only.
         * @enum {string}
         */
        Origin: "live" | "live-user" | "demo" | "load-test";
        /**
         * OriginEvidence
         * @description How many results there are of one origin, and from when until when. Figures for the public count `is_public` ones
         *     only.
         */
        OriginEvidence: {
            first_tick: components["schemas"]["Instant"];
            /** Is Public */
            is_public: boolean;
            last_tick: components["schemas"]["Instant"];
            origin: components["schemas"]["Origin"];
            /** Results */
            results: number;
        };
        /**
         * Outage
         * @description For how long a monitor was down; without an end, it still is. `evidence` says what was seen in which regions;
         *     `incident_id` is the incident by which people were told, if any.
         */
        Outage: {
            ends_at: components["schemas"]["Instant"] | null;
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            };
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Incident Number */
            incident_number: number | null;
            /** Seconds */
            seconds: number;
            starts_at: components["schemas"]["Instant"];
        };
        /**
         * OutagePage
         * @description Outages, newest first.
         */
        OutagePage: {
            /** Items */
            items: components["schemas"]["Outage"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * OverrideKind
         * @description What an override lays over a schedule: one person or nobody; or layers of its own, as over holidays.
         * @enum {string}
         */
        OverrideKind: "override" | "temporary";
        /**
         * OverridePage
         * @description Overrides, newest first.
         */
        OverridePage: {
            /** Items */
            items: components["schemas"]["tocsin__contracts__api_schedules__Override"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * PageLoad
         * @description The pages of one person. Several messages of one step are one page; what never left is none.
         *
         *     `by_hour` has 24 numbers, from midnight. What is neither `night` nor `weekend` is `daytime`; a page can be both.
         */
        PageLoad: {
            /** By Hour */
            by_hour: number[];
            /** Daytime */
            daytime: number;
            /** Night */
            night: number;
            /** Pages */
            pages: number;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /** User Name */
            user_name: string;
            /** Weekend */
            weekend: number;
        };
        /**
         * PageLoadReport
         * @description Whoever was paged in a window, most pages first; hours and days are those of the time zone.
         */
        PageLoadReport: {
            ends_at: components["schemas"]["Instant"];
            /** Items */
            items: components["schemas"]["PageLoad"][];
            /** Night From */
            night_from: number;
            /** Night Until */
            night_until: number;
            starts_at: components["schemas"]["Instant"];
            /** Time Zone */
            time_zone: string;
        };
        /**
         * PageTold
         * @description What the public is told now, or would be told: if the page were public, or did more or less by itself.
         */
        PageTold: {
            as_of: components["schemas"]["Instant"];
            automatic: components["schemas"]["Automatic"];
            /** Components */
            components: components["schemas"]["ComponentTold"][];
            /** Groups */
            groups: components["schemas"]["GroupTold"][];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            indicator: components["schemas"]["Impact"];
            /** Slug */
            slug: string;
            visibility: components["schemas"]["Visibility"];
        };
        /**
         * PagingStop
         * @description That nobody in the organization is paged for now: why, by whom, and until when. Show it loudly.
         */
        PagingStop: {
            ends_at: components["schemas"]["Instant"];
            /** Reason */
            reason: string;
            started_at: components["schemas"]["Instant"];
            /** Stopped By */
            stopped_by: string;
            /** Stopped By Name */
            stopped_by_name?: string | null;
        };
        /**
         * PagingStopInput
         * @description Why nobody is to be paged, and until when: within 24 hours.
         */
        PagingStopInput: {
            ends_at: components["schemas"]["GivenInstant"];
            /** Reason */
            reason: string;
        };
        /**
         * Ping
         * @description What a heartbeat was told. `duration_ms`: how long the run took, by its start or as it was told.
         *
         *     Ignored is what came by a method that the heartbeat does not take, or while it was paused.
         */
        Ping: {
            /**
             * Action
             * @enum {string}
             */
            action: "success" | "start" | "fail" | "log";
            /** Body */
            body: string | null;
            /** Duration Ms */
            duration_ms: number | null;
            /** Exit Status */
            exit_status: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Ignored */
            is_ignored: boolean;
            /** Method */
            method: string;
            received_at: components["schemas"]["Instant"];
            /** Run Id */
            run_id: string | null;
            /** User Agent */
            user_agent: string | null;
        };
        /**
         * PingKey
         * @description A ping key opens all heartbeats by their slugs. `unknown_slug` is the last that came and no heartbeat has.
         */
        PingKey: {
            created_at: components["schemas"]["Instant"];
            /** Hint */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_used_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            revoked_at: components["schemas"]["Instant"] | null;
            /** Service Id */
            service_id: string | null;
            /** Unknown Slug */
            unknown_slug: string | null;
            unknown_slug_at: components["schemas"]["Instant"] | null;
        };
        /**
         * PingKeyInput
         * @description A ping key: what it is for and, if a ping to a new slug may make a heartbeat (`?create=1`), what that pages.
         */
        PingKeyInput: {
            /** Name */
            name: string;
            /** Service Id */
            service_id?: string | null;
        };
        /**
         * PingKeyPage
         * @description Ping keys, newest first.
         */
        PingKeyPage: {
            /** Items */
            items: components["schemas"]["PingKey"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * PingPage
         * @description Pings, newest first: the last hundred are kept.
         */
        PingPage: {
            /** Items */
            items: components["schemas"]["Ping"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * PingUrl
         * @description Where a heartbeat reports to, shown this once.
         */
        PingUrl: {
            /** Hint */
            hint: string;
            /** Ping Url */
            ping_url: string;
        };
        /**
         * PlacedPage
         * @description A page and where the public finds it while it is public; null where this deployment serves no pages.
         */
        PlacedPage: {
            /** Accent */
            accent: string | null;
            /** Accent Dark */
            accent_dark: string | null;
            automatic: components["schemas"]["Automatic"];
            /** Components */
            components: number;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /** Description */
            description: string;
            /** Home Url */
            home_url: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Indexed */
            is_indexed: boolean;
            /** Logos */
            logos: components["schemas"]["Logo"][];
            /** Name */
            name: string;
            /** Slug */
            slug: string;
            /** Subscribe Channels */
            subscribe_channels: ("email" | "webhook" | "slack")[];
            /** Support Url */
            support_url: string | null;
            /** Time Zone */
            time_zone: string;
            updated_at: components["schemas"]["Instant"];
            /** Url */
            url: string | null;
            /** Version */
            version: number;
            visibility: components["schemas"]["Visibility"];
        };
        /**
         * Policy
         * @description An escalation policy in one of its versions; send the current one as If-Match to change it.
         */
        Policy: {
            created_at: components["schemas"]["Instant"];
            /** Fallback */
            fallback?: components["schemas"]["PolicyTarget"][];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Round Delay Seconds */
            round_delay_seconds: number;
            /** Rounds */
            rounds: number;
            /** Steps */
            steps: components["schemas"]["PolicyStep"][];
            /** Team Id */
            team_id: string | null;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
            updated_at: components["schemas"]["Instant"];
            /** Updated By */
            updated_by?: string | null;
            /** Version */
            version: number;
        };
        /**
         * PolicyChange
         * @description What was changed from one version to the next. `position`, from 0, is the step's new one, or the one it had.
         */
        PolicyChange: {
            /** Fields */
            fields: string[];
            kind: components["schemas"]["ChangeKind"];
            /** Position */
            position: number | null;
            /** Step Id */
            step_id: string | null;
            /** Text */
            text: string;
        };
        /**
         * PolicyCopy
         * @description What to call a copy of a policy; its steps are new ones.
         */
        PolicyCopy: {
            /** Name */
            name: string;
            /** Team Id */
            team_id?: string | null;
        };
        /**
         * PolicyInput
         * @description A whole escalation policy. `round_delay_seconds` is the wait after a round's last step; `fallback` is paged when
         *     the rounds are over, and after another such wait the organization's fallback contact.
         */
        PolicyInput: {
            /** Fallback */
            fallback?: components["schemas"]["TargetInput"][];
            /** Name */
            name: string;
            /**
             * Round Delay Seconds
             * @description A duration in whole seconds.
             */
            round_delay_seconds?: number;
            /** Rounds */
            rounds?: number;
            /** Steps */
            steps: components["schemas"]["StepInput"][];
            /** Team Id */
            team_id?: string | null;
            /**
             * Time Zone
             * @description A zone by its IANA name, like Europe/Berlin.
             */
            time_zone?: string;
        };
        /**
         * PolicyPage
         * @description Escalation policies by name.
         */
        PolicyPage: {
            /** Items */
            items: components["schemas"]["Policy"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * PolicyStep
         * @description A step; `step_id` stays the same from version to version.
         */
        PolicyStep: {
            /**
             * @default {
             *       "severities": [],
             *       "times": [],
             *       "urgencies": [],
             *       "while": "not_acknowledged"
             *     }
             */
            conditions: components["schemas"]["StepConditions"];
            /** Delay Seconds */
            delay_seconds: number;
            /**
             * Retries
             * @default 0
             */
            retries: number;
            /**
             * Retry Interval Seconds
             * @default 0
             */
            retry_interval_seconds: number;
            /**
             * Round Robin
             * @default false
             */
            round_robin: boolean;
            /**
             * Step Id
             * Format: uuid
             */
            step_id: string;
            /** Targets */
            targets: components["schemas"]["PolicyTarget"][];
        };
        /**
         * PolicyTarget
         * @description Whom a step pages.
         */
        PolicyTarget: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "user" | "team" | "email" | "schedule" | "destination";
            /** Value */
            value: string;
            /** Who */
            who?: ("now" | "next") | null;
        };
        /**
         * PolicyVersion
         * @description A version of a policy: who made it, and what it changed.
         */
        PolicyVersion: {
            /** Changes */
            changes: components["schemas"]["PolicyChange"][];
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string | null;
            /** Created By Name */
            created_by_name?: string | null;
            /** Is Current */
            is_current: boolean;
            /** Version */
            version: number;
        };
        /**
         * PolicyVersions
         * @description Versions of a policy, newest first; `next_before` asks for older ones.
         */
        PolicyVersions: {
            /** Items */
            items: components["schemas"]["PolicyVersion"][];
            /** Next Before */
            next_before: number | null;
        };
        /**
         * PrivateLocation
         * @description A place of one's own to check from. Monitors name it by its `region`; its probes check them.
         */
        PrivateLocation: {
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_seen_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            /**
             * Probes
             * @description How many of its probes are enrolled.
             */
            probes: number;
            /** Region */
            region: string;
            /** Version */
            version: number;
        };
        /**
         * PrivateLocationInput
         * @description A place of one's own to check from.
         */
        PrivateLocationInput: {
            /** Name */
            name: string;
        };
        /**
         * PrivateLocationPage
         * @description Private locations by name.
         */
        PrivateLocationPage: {
            /** Items */
            items: components["schemas"]["PrivateLocation"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Probe
         * @description A process that checks from a private location. Serial and expiry are of its newest certificate; `software` is
         *     what it said of itself when it enrolled or renewed.
         */
        Probe: {
            certificate_expires_at: components["schemas"]["Instant"] | null;
            /** Certificate Serial */
            certificate_serial: string | null;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            enrolled_at: components["schemas"]["Instant"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            last_seen_at: components["schemas"]["Instant"] | null;
            /** Name */
            name: string;
            /**
             * Private Location Id
             * Format: uuid
             */
            private_location_id: string;
            revoked_at: components["schemas"]["Instant"] | null;
            /** Software */
            software: string | null;
            status: components["schemas"]["ProbeStatus"];
        };
        /**
         * ProbeInput
         * @description A probe to let in.
         */
        ProbeInput: {
            /** Name */
            name: string;
        };
        /**
         * ProbePage
         * @description The probes of a private location, the oldest first.
         */
        ProbePage: {
            /** Items */
            items: components["schemas"]["Probe"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ProbeStatus
         * @description What has become of a probe. `expired`: its last certificate has ended, and only a new token lets it in again.
         * @enum {string}
         */
        ProbeStatus: "waiting" | "enrolled" | "expired" | "revoked";
        /**
         * Problem
         * @description Why a request was refused (RFC 9457). `code` is stable; `errors` name the fields that are wrong.
         *
         *     `request_id` is that of X-Request-Id: say it when you ask somebody for help.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @default null
             */
            errors: components["schemas"]["ProblemField"][] | null;
            /**
             * Request Id
             * @default null
             */
            request_id: string | null;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * ProblemField
         * @description One field that is wrong, and what would be right.
         */
        ProblemField: {
            /** Field */
            field: string;
            /** Reason */
            reason: string;
        };
        /**
         * PublishInput
         * @description How to publish a draft.
         */
        PublishInput: {
            /**
             * Tells Subscribers
             * @description Null: as the draft says.
             */
            tells_subscribers?: boolean | null;
        };
        /**
         * ReasonKind
         * @description What put somebody on call.
         * @enum {string}
         */
        ReasonKind: "layer" | "override" | "temporary";
        /**
         * ReassignInput
         * @description Whom to page instead: people of the organization, or an escalation policy from its start; one of the two.
         */
        ReassignInput: {
            /** Policy Id */
            policy_id?: string | null;
            /** User Ids */
            user_ids?: string[] | null;
        };
        /**
         * ReceivedInvitation
         * @description An invitation as the invited person sees it.
         */
        ReceivedInvitation: {
            expires_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Org Id
             * Format: uuid
             */
            org_id: string;
            /** Organization Name */
            organization_name: string;
            role: components["schemas"]["Role"];
        };
        /**
         * ReceivedInvitationList
         * @description The invitations that wait for somebody, oldest first.
         */
        ReceivedInvitationList: {
            /** Items */
            items: components["schemas"]["ReceivedInvitation"][];
        };
        /** @enum {string} */
        RecordType: "A" | "AAAA" | "CAA" | "CNAME" | "MX" | "NS" | "PTR" | "SOA" | "SRV" | "TXT";
        /**
         * RegionState
         * @description What a monitor is in one region by its latest results there, and the certificate that was shown last.
         */
        RegionState: {
            certificate: components["schemas"]["SeenCertificate"] | null;
            /** Last Latency Ms */
            last_latency_ms: number | null;
            last_reason: components["schemas"]["tocsin__domain__monitor__Reason"] | null;
            last_status: components["schemas"]["CheckStatus"];
            last_tick: components["schemas"]["Instant"];
            /** Region */
            region: string;
            since: components["schemas"]["Instant"];
            status: components["schemas"]["CheckStatus"];
        };
        /**
         * RegionStates
         * @description The regions of a monitor by name.
         */
        RegionStates: {
            /** Items */
            items: components["schemas"]["RegionState"][];
        };
        /**
         * Removed
         * @description Who has left or was removed, and which escalation policies name them: their pages go to the other targets.
         */
        Removed: {
            member: components["schemas"]["Member"];
            /** Policies */
            policies: string[];
        };
        /**
         * RemovedContactMethod
         * @description A contact method that was removed, and what went with it.
         *
         *     For the urgencies of `back_to_default` no rule is left: all methods that remain are paged at once.
         *     `pages_stopped` were held back for later, and fail now.
         */
        RemovedContactMethod: {
            /** Back To Default */
            back_to_default: components["schemas"]["Urgency"][];
            contact_method: components["schemas"]["ContactMethod"];
            /** Pages Stopped */
            pages_stopped: number;
            /** Rules Removed */
            rules_removed: components["schemas"]["RemovedRule"][];
        };
        /**
         * RemovedRule
         * @description A rule that went with its contact method.
         */
        RemovedRule: {
            /** Delay Seconds */
            delay_seconds: number;
            urgency: components["schemas"]["Urgency"];
        };
        /**
         * ReportComponent
         * @description What a report says of a component.
         */
        ReportComponent: {
            /**
             * Component Id
             * Format: uuid
             */
            component_id: string;
            /** Name */
            name: string;
            status: components["schemas"]["ComponentStatus"];
        };
        /**
         * ReportInput
         * @description A report of an incident with its first update. `started_at` and `display_at` may lie in the past; without
         *     `impact` it is the worst that is said of components.
         */
        ReportInput: {
            /** Body */
            body: string;
            /** Components */
            components?: components["schemas"]["ComponentWord"][];
            display_at?: components["schemas"]["GivenInstant"] | null;
            impact?: components["schemas"]["Impact"] | null;
            /** Incident Id */
            incident_id?: string | null;
            started_at?: components["schemas"]["GivenInstant"] | null;
            /**
             * State
             * @enum {string}
             */
            state?: "draft" | "published";
            status?: components["schemas"]["ReportStatus"];
            /**
             * Tells Subscribers
             * @description Whether subscribers of the page are told of it.
             */
            tells_subscribers?: boolean;
            /** Title */
            title: string;
        };
        /**
         * ReportKind
         * @description What a status report tells of.
         * @enum {string}
         */
        ReportKind: "incident" | "maintenance";
        /**
         * ReportPatch
         * @description What to change of a report; what is left out stays, and an `impact` of null is worked out again.
         *
         *     `components` are all that the report names from now on, of maintenance with any status. Status, text and
         *     `display_at` of its first update can be changed here while it is a draft; later, by updates.
         */
        ReportPatch: {
            /** Body */
            body?: string | null;
            /** Components */
            components?: components["schemas"]["ComponentWord"][] | null;
            display_at?: components["schemas"]["GivenInstant"] | null;
            impact?: components["schemas"]["Impact"] | null;
            /** Moves By Schedule */
            moves_by_schedule?: boolean | null;
            /** Mutes */
            mutes?: boolean | null;
            scheduled_for?: components["schemas"]["GivenInstant"] | null;
            scheduled_until?: components["schemas"]["GivenInstant"] | null;
            started_at?: components["schemas"]["GivenInstant"] | null;
            status?: components["schemas"]["ReportStatus"] | null;
            /** Title */
            title?: string | null;
        };
        /**
         * ReportStatus
         * @description How far a report has come: of an incident the first five, of maintenance the rest.
         * @enum {string}
         */
        ReportStatus: "investigating" | "identified" | "monitoring" | "resolved" | "postmortem" | "scheduled" | "in_progress" | "verifying" | "completed";
        /**
         * ReportTemplate
         * @description Words to begin a report or an update with.
         */
        ReportTemplate: {
            /** Body */
            body: string;
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["ReportKind"];
            /** Name */
            name: string;
            status: components["schemas"]["ReportStatus"];
            /**
             * Status Page Id
             * Format: uuid
             */
            status_page_id: string;
            /** Title */
            title: string;
            updated_at: components["schemas"]["Instant"];
            /** Used When */
            used_when: ("opened" | "resolved") | null;
            /** Version */
            version: number;
        };
        /**
         * ReportTemplates
         * @description All templates of a page, by name.
         */
        ReportTemplates: {
            /** Items */
            items: components["schemas"]["ReportTemplate"][];
        };
        /**
         * ResendInput
         * @description How long a fresh invitation can be accepted.
         */
        ResendInput: {
            /**
             * Expires In Seconds
             * @description How long it can be accepted, in whole seconds.
             */
            expires_in_seconds?: number;
        };
        /**
         * Responder
         * @description Somebody who was called in to help, beside whom the escalation pages.
         */
        Responder: {
            added_at: components["schemas"]["Instant"];
            /** Added By */
            added_by: string;
            /** Added By Name */
            added_by_name?: string | null;
            /** Name */
            name: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * RespondersInput
         * @description Members to call in: paged at once, beside the escalation.
         */
        RespondersInput: {
            /** User Ids */
            user_ids: string[];
        };
        /**
         * ResponseTimes
         * @description How long the incidents took that were created between two instants; durations in seconds, null where none ended.
         *
         *     Those still open count in `incidents` alone.
         */
        ResponseTimes: {
            /** Acknowledge Mean Seconds */
            acknowledge_mean_seconds: number | null;
            /** Acknowledge P50 Seconds */
            acknowledge_p50_seconds: number | null;
            /** Acknowledge P90 Seconds */
            acknowledge_p90_seconds: number | null;
            /** Acknowledged */
            acknowledged: number;
            ends_at: components["schemas"]["Instant"];
            /** Incidents */
            incidents: number;
            /** Resolve Mean Seconds */
            resolve_mean_seconds: number | null;
            /** Resolve P50 Seconds */
            resolve_p50_seconds: number | null;
            /** Resolve P90 Seconds */
            resolve_p90_seconds: number | null;
            /** Resolved */
            resolved: number;
            starts_at: components["schemas"]["Instant"];
        };
        /**
         * ResponseTimesReport
         * @description Of the whole window, and of each interval in it, oldest first; the outer ones are cut by the window.
         */
        ResponseTimesReport: {
            /** Items */
            items: components["schemas"]["ResponseTimes"][];
            /** Time Zone */
            time_zone: string;
            total: components["schemas"]["ResponseTimes"];
        };
        /**
         * Restriction
         * @description When a layer holds.
         */
        Restriction: {
            /** End */
            end: string;
            end_day?: components["schemas"]["Weekday"] | null;
            /** Start */
            start: string;
            start_day?: components["schemas"]["Weekday"] | null;
        };
        /**
         * RestrictionInput
         * @description Hours of each day, or with both days hours of the week from one to the other; an end that is not after the start
         *     lies on the next day, or in the next week.
         */
        RestrictionInput: {
            /**
             * End
             * @description A time of day in the schedule's zone, HH:MM.
             */
            end: string;
            end_day?: components["schemas"]["Weekday"] | null;
            /**
             * Start
             * @description A time of day in the schedule's zone, HH:MM.
             */
            start: string;
            start_day?: components["schemas"]["Weekday"] | null;
        };
        /**
         * ResultPage
         * @description Results, newest first; they are kept for some days.
         */
        ResultPage: {
            /** Items */
            items: components["schemas"]["StoredResult"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ResultTimings
         * @description Milliseconds of each part of a check that was reached.
         */
        ResultTimings: {
            /** Connect */
            connect: number | null;
            /** Dns */
            dns: number | null;
            /** First Byte */
            first_byte: number | null;
            /** Tls */
            tls: number | null;
        };
        /**
         * Role
         * @description What a member or an API key is in an organization.
         * @enum {string}
         */
        Role: "owner" | "admin" | "responder" | "viewer";
        /**
         * RotateInput
         * @description How long the old key goes on working beside the new one.
         */
        RotateInput: {
            /** Overlap Seconds */
            overlap_seconds?: number;
        };
        /**
         * RoutingKey
         * @description What is kept of a routing key; events that came in after its end are counted as refused.
         */
        RoutingKey: {
            created_at: components["schemas"]["Instant"];
            expires_at: components["schemas"]["Instant"] | null;
            /** Hint */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Integration Id
             * Format: uuid
             */
            integration_id: string;
            last_refused_at: components["schemas"]["Instant"] | null;
            last_used_at: components["schemas"]["Instant"] | null;
            /** Refused Count */
            refused_count: number;
            revoked_at: components["schemas"]["Instant"] | null;
        };
        /**
         * RoutingKeyList
         * @description All routing keys of an integration, newest first.
         */
        RoutingKeyList: {
            /** Items */
            items: components["schemas"]["RoutingKey"][];
        };
        /**
         * RuleActions
         * @description What a rule does to the event it matches.
         */
        RuleActions: {
            group?: components["schemas"]["Grouping"] | null;
            /** Hold Seconds */
            hold_seconds?: number | null;
            /** Policy Id */
            policy_id?: string | null;
            /** Service Id */
            service_id?: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /**
             * Suppress
             * @default false
             */
            suppress: boolean;
            urgency?: components["schemas"]["Urgency"] | null;
        };
        /**
         * RuleSetInput
         * @description All notification rules for an urgency; they take the place of those before.
         */
        RuleSetInput: {
            /** Rules */
            rules: components["schemas"]["tocsin__contracts__api_notifications__RuleInput"][];
        };
        /**
         * RunResult
         * @description What a check came to in one region. The excerpt of an answer is for those who may run monitors.
         */
        RunResult: {
            /** Address */
            address?: string | null;
            /** Attempts */
            attempts: number;
            certificate?: components["schemas"]["SeenCertificate"] | null;
            checked_at: components["schemas"]["Instant"];
            /** Detail */
            detail?: string | null;
            /** Excerpt */
            excerpt?: string | null;
            /** Http Status */
            http_status?: number | null;
            reason?: components["schemas"]["tocsin__domain__monitor__Reason"] | null;
            /** Region */
            region: string;
            status: components["schemas"]["CheckStatus"];
            timings?: components["schemas"]["Timings"] | null;
        };
        /**
         * Schedule
         * @description Who is on call when, in its current version, which holds from `effective_at` on.
         */
        Schedule: {
            created_at: components["schemas"]["Instant"];
            /** Description */
            description: string | null;
            effective_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Layers */
            layers: components["schemas"]["Layer"][];
            /** Name */
            name: string;
            /** Team Id */
            team_id: string | null;
            /** Time Zone */
            time_zone: string;
            updated_at: components["schemas"]["Instant"];
            /** Version */
            version: number;
        };
        /**
         * ScheduleInput
         * @description A schedule to save, whole; what it was before stays true for shifts that have begun.
         */
        ScheduleInput: {
            /** Description */
            description?: string | null;
            /** Layers */
            layers: components["schemas"]["LayerInput"][];
            /** Name */
            name: string;
            /** Team Id */
            team_id?: string | null;
            /**
             * Time Zone
             * @description A zone by its IANA name, like Europe/Berlin.
             */
            time_zone: string;
        };
        /**
         * SchedulePage
         * @description Schedules by name.
         */
        SchedulePage: {
            /** Items */
            items: components["schemas"]["Schedule"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ScheduleVersion
         * @description A version of a schedule, and who made it; it holds from `effective_at` until the next one does.
         */
        ScheduleVersion: {
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            effective_at: components["schemas"]["Instant"];
            /** Layers */
            layers: components["schemas"]["Layer"][];
            /** Time Zone */
            time_zone: string;
            /** Version */
            version: number;
        };
        /**
         * ScheduleVersions
         * @description Versions of a schedule, newest first; `next_before` asks for older ones.
         */
        ScheduleVersions: {
            /** Items */
            items: components["schemas"]["ScheduleVersion"][];
            /** Next Before */
            next_before: number | null;
        };
        /**
         * ScheduleWarning
         * @description Something about a schedule that its people should know; `starts_at` and `ends_at` say when, if it has a time.
         */
        ScheduleWarning: {
            /**
             * Code
             * @enum {string}
             */
            code: "gap" | "nobody_next_week" | "not_a_member";
            /** Detail */
            detail: string;
            ends_at?: components["schemas"]["Instant"] | null;
            starts_at?: components["schemas"]["Instant"] | null;
            /** User Id */
            user_id?: string | null;
        };
        /**
         * SeenCertificate
         * @description The certificate that a server showed; `fingerprint` is the hex SHA-256 of its DER form.
         */
        SeenCertificate: {
            /** Fingerprint */
            fingerprint: string;
            /** Issuer */
            issuer: string;
            /** Names */
            names?: string[];
            not_after: components["schemas"]["Instant"];
            not_before: components["schemas"]["Instant"];
            /** Subject */
            subject: string;
        };
        /**
         * SelfRegistration
         * @description Who may make an account without being let in by an operator.
         * @enum {string}
         */
        SelfRegistration: "open" | "invitation" | "domains";
        /**
         * Service
         * @description What incidents are about; send the version as If-Match to change it. Durations are in whole seconds.
         */
        Service: {
            /** Acknowledgement Timeout Seconds */
            acknowledgement_timeout_seconds: number | null;
            /** Auto Resolve Seconds */
            auto_resolve_seconds: number | null;
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Policy Id */
            policy_id: string | null;
            /** Reopen Window Seconds */
            reopen_window_seconds: number;
            /** Runbook Url */
            runbook_url: string | null;
            /** Team Id */
            team_id: string | null;
            urgency: components["schemas"]["UrgencySetting"];
            /** Version */
            version: number;
        };
        /**
         * ServiceInput
         * @description A service to create. Without a policy its incidents page nobody but the organization's fallback contact.
         *
         *     Durations are in whole seconds.
         */
        ServiceInput: {
            /** Acknowledgement Timeout Seconds */
            acknowledgement_timeout_seconds?: number | null;
            /** Auto Resolve Seconds */
            auto_resolve_seconds?: number | null;
            /** Name */
            name: string;
            /** Policy Id */
            policy_id?: string | null;
            /**
             * Reopen Window Seconds
             * @description So soon after a resolve a trigger opens the same incident again.
             */
            reopen_window_seconds?: number;
            /** Runbook Url */
            runbook_url?: string | null;
            /** Team Id */
            team_id?: string | null;
            urgency?: components["schemas"]["UrgencySetting"];
        };
        /**
         * ServiceNoise
         * @description What one service made in a window. Shares are of its incidents, from 0 to 1, null where there was none.
         *
         *     `unacknowledged`: resolved, and nobody had acknowledged. `auto_resolved`: resolved by a tool or by time, no person.
         */
        ServiceNoise: {
            /** Alerts */
            alerts: number;
            /** Auto Resolved */
            auto_resolved: number;
            /** Auto Resolved Share */
            auto_resolved_share: number | null;
            /** Events */
            events: number;
            /** Incidents */
            incidents: number;
            /** Pages */
            pages: number;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            /** Service Name */
            service_name: string;
            /** Team Id */
            team_id: string | null;
            /** Unacknowledged */
            unacknowledged: number;
            /** Unacknowledged Share */
            unacknowledged_share: number | null;
        };
        /**
         * ServiceNoiseReport
         * @description Services that had an event or an incident in a window, most pages first.
         */
        ServiceNoiseReport: {
            ends_at: components["schemas"]["Instant"];
            /** Items */
            items: components["schemas"]["ServiceNoise"][];
            starts_at: components["schemas"]["Instant"];
        };
        /**
         * ServicePage
         * @description Services by name.
         */
        ServicePage: {
            /** Items */
            items: components["schemas"]["Service"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ServicePatch
         * @description What to change of a service; null takes policy, team, runbook or timeout away, what is left out stays.
         */
        ServicePatch: {
            /** Acknowledgement Timeout Seconds */
            acknowledgement_timeout_seconds?: number | null;
            /** Auto Resolve Seconds */
            auto_resolve_seconds?: number | null;
            /** Name */
            name?: string | null;
            /** Policy Id */
            policy_id?: string | null;
            /** Reopen Window Seconds */
            reopen_window_seconds?: number | null;
            /** Runbook Url */
            runbook_url?: string | null;
            /** Team Id */
            team_id?: string | null;
            urgency?: components["schemas"]["UrgencySetting"] | null;
        };
        /**
         * Severity
         * @description How bad it is, in the words of PagerDuty's Events API v2.
         * @enum {string}
         */
        Severity: "critical" | "error" | "warning" | "info";
        /**
         * ShardHealth
         * @description What a shard of a region has reported last: checks that were due, done and missed in the window before `ends_at`.
         *     A `blind` region sees nothing at all, a `silent` one reports nothing; null before its first verdict.
         */
        ShardHealth: {
            blind_since: components["schemas"]["Instant"] | null;
            /** Done */
            done: number;
            /** Due */
            due: number;
            ends_at: components["schemas"]["Instant"];
            /** Lateness Ms P99 */
            lateness_ms_p99: number | null;
            /** Missed */
            missed: number;
            /** Region */
            region: string;
            /** Region Status */
            region_status: ("seeing" | "blind" | "silent") | null;
            /** Shard */
            shard: number;
            /** Silent Seconds */
            silent_seconds: number;
            starts_at: components["schemas"]["Instant"];
        };
        /**
         * Shift
         * @description A time that one person, or nobody, is on call: from `starts_at` until just before `ends_at`.
         *
         *     `is_member` is false for who has left or was deleted: they can't be paged.
         */
        Shift: {
            ends_at: components["schemas"]["Instant"];
            /** Is Member */
            is_member: boolean;
            reason: components["schemas"]["tocsin__contracts__api_schedules__Reason"];
            starts_at: components["schemas"]["Instant"];
            /** User Id */
            user_id: string | null;
            /** User Name */
            user_name: string | null;
        };
        /**
         * Shifts
         * @description The final shifts of a window, with overrides and temporary schedules, and what is to be known about them.
         */
        Shifts: {
            ends_at: components["schemas"]["Instant"];
            /** Items */
            items: components["schemas"]["Shift"][];
            starts_at: components["schemas"]["Instant"];
            /** Time Zone */
            time_zone: string;
            /** Warnings */
            warnings: components["schemas"]["ScheduleWarning"][];
        };
        /**
         * SignInPlace
         * @description Where people sign in, by which client, and who may make an account; which domains may is not told.
         */
        SignInPlace: {
            /**
             * Client Id
             * @description The public client; it has no secret.
             */
            client_id: string;
            /**
             * Endpoint
             * @description An emulator of Cognito; null for AWS.
             */
            endpoint: string | null;
            /**
             * Events Url
             * @description Where tools send events.
             */
            events_url: string;
            /**
             * Issuer
             * @description The `iss` of access tokens.
             */
            issuer: string;
            /** Region */
            region: string;
            self_registration: components["schemas"]["SelfRegistration"];
            /**
             * Single Sign On Url
             * @description The hosted sign-in of people from the operator's identity provider, `sso` there; null without one.
             */
            single_sign_on_url: string | null;
            /** User Pool Id */
            user_pool_id: string;
        };
        /**
         * SimulatedEvent
         * @description What would become of one event. `trace` are the decisions about it, each with its reason and rules' version.
         */
        SimulatedEvent: {
            action: components["schemas"]["EventAction"];
            at: components["schemas"]["Instant"];
            /** Incident Id */
            incident_id: string | null;
            /** Outcome */
            outcome: string;
            /** Trace */
            trace: {
                [key: string]: unknown;
            }[];
        };
        /**
         * SimulatedEventInput
         * @description One event. `labels` are what rules see as labels; without a dedup_key the events of a simulation share one.
         */
        SimulatedEventInput: {
            action?: components["schemas"]["EventAction"];
            /**
             * After Seconds
             * @description A duration in whole seconds.
             */
            after_seconds?: number;
            /** Dedup Key */
            dedup_key?: string | null;
            /** Labels */
            labels?: {
                [key: string]: string;
            };
            severity?: components["schemas"]["Severity"];
            /** Source */
            source?: string | null;
            /** Summary */
            summary?: string;
        };
        /**
         * SimulatedPage
         * @description One message to one person, and its fate: sent at `sent_at`, cancelled as `reason` says, or still waiting.
         *
         *     `retry` counts the repetitions of a step; `round`, `position` and `retry` are those of the escalation, from 0. A
         *     page without `step_id` is the fallback's, or to somebody who was called in.
         */
        SimulatedPage: {
            /** Address */
            address: string | null;
            /** Channel */
            channel: string;
            /** Contact Method Id */
            contact_method_id: string | null;
            decided_at: components["schemas"]["Instant"];
            /** Destination Id */
            destination_id: string | null;
            due_at: components["schemas"]["Instant"];
            /**
             * Fate
             * @enum {string}
             */
            fate: "sent" | "cancelled" | "failed" | "waiting";
            /**
             * Incident Id
             * Format: uuid
             */
            incident_id: string;
            /** Name */
            name: string | null;
            /** Position */
            position: number;
            /** Reason */
            reason: string | null;
            /** Retry */
            retry: number;
            /** Round */
            round: number;
            /** Rule */
            rule: string;
            sent_at: components["schemas"]["Instant"] | null;
            /** Step Id */
            step_id: string | null;
            /** Target */
            target: string;
        };
        /**
         * SimulatedTimelineEntry
         * @description A line of the timeline of one of the incidents.
         */
        SimulatedTimelineEntry: {
            /** Actor */
            actor: string;
            /** Actor Name */
            actor_name?: string | null;
            at: components["schemas"]["Instant"];
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Incident Id
             * Format: uuid
             */
            incident_id: string;
            /** Kind */
            kind: string;
            /** Target Name */
            target_name?: string | null;
        };
        /**
         * Simulation
         * @description What would happen; nothing of it has, and its ids name nothing afterwards.
         *
         *     `ended`: nothing more was to come (`settled`), `until` was reached first, or 200 instants were (`limit`).
         */
        Simulation: {
            at: components["schemas"]["Instant"];
            /**
             * Ended
             * @enum {string}
             */
            ended: "settled" | "until" | "limit";
            /** Events */
            events: components["schemas"]["SimulatedEvent"][];
            /** Incidents */
            incidents: components["schemas"]["IncidentDetail"][];
            /** Instants */
            instants: number;
            /** Pages */
            pages: components["schemas"]["SimulatedPage"][];
            /** Timeline */
            timeline: components["schemas"]["SimulatedTimelineEntry"][];
            until: components["schemas"]["Instant"];
        };
        /**
         * SimulationInput
         * @description Events that come to a service from `at` on, which is now unless given, and until when to look.
         *
         *     `until` is 7 days after `at` unless given, and at most 31. Nobody responds, and every page arrives.
         */
        SimulationInput: {
            at?: components["schemas"]["GivenInstant"] | null;
            /** Events */
            events: components["schemas"]["SimulatedEventInput"][];
            /** Integration Id */
            integration_id?: string | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            until?: components["schemas"]["GivenInstant"] | null;
        };
        /**
         * SlackMethodInput
         * @description A Slack incoming webhook to page a member by.
         */
        SlackMethodInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            channel: "slack";
            /** Label */
            label?: string | null;
            /** Url */
            url: string;
        };
        /**
         * SnoozeInput
         * @description Until when to page nobody: `until` as an instant, or as a local time with its `time_zone`; or for `seconds`.
         *
         *     `instead_of` is the `snoozed_until` that this replaces, as it was read: without it, an incident that is snoozed
         *     stays snoozed as it is.
         */
        SnoozeInput: {
            instead_of?: components["schemas"]["GivenInstant"] | null;
            /** Seconds */
            seconds?: number | null;
            /** Time Zone */
            time_zone?: string | null;
            /** Until */
            until?: string | null;
        };
        /**
         * State
         * @description Who sees a report: members alone, everybody, or nobody who doesn't look for it.
         * @enum {string}
         */
        State: "draft" | "published" | "discarded";
        /**
         * Status
         * @description Where an incident stands.
         * @enum {string}
         */
        Status: "triggered" | "acknowledged" | "resolved";
        /**
         * StatusAssertion
         * @description The status is one of these codes or classes (`2xx`), or lies within `200-299`.
         */
        StatusAssertion: {
            /** Codes */
            codes: string[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "status";
        };
        /**
         * StatusPageInput
         * @description A whole page. While it is `private` nothing of it is published. `automatic`: what monitors and incidents do to it
         *     by themselves: nothing, suggest reports, or set statuses and publish reports.
         */
        StatusPageInput: {
            /** Accent */
            accent?: string | null;
            /** Accent Dark */
            accent_dark?: string | null;
            automatic?: components["schemas"]["Automatic"];
            /** Description */
            description?: string;
            /** Home Url */
            home_url?: string | null;
            /**
             * Is Indexed
             * @description Whether search engines may list it.
             */
            is_indexed?: boolean;
            /** Name */
            name: string;
            /**
             * Slug
             * @description What the page's address ends with: 3 to 63 of a-z, 0-9 and -.
             * @example acme
             */
            slug: string;
            /** Subscribe Channels */
            subscribe_channels?: ("email" | "webhook" | "slack")[];
            /** Support Url */
            support_url?: string | null;
            /**
             * Time Zone
             * @description A zone by its IANA name, like Asia/Kolkata: its days are told.
             */
            time_zone?: string;
            visibility?: components["schemas"]["Visibility"];
        };
        /**
         * StatusPages
         * @description All pages of the organization, by name.
         */
        StatusPages: {
            /** Items */
            items: components["schemas"]["PlacedPage"][];
        };
        /**
         * StatusReport
         * @description A status report with all of its updates, newest first; send its version as If-Match to change it.
         */
        StatusReport: {
            /** Components */
            components: components["schemas"]["ReportComponent"][];
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            impact: components["schemas"]["Impact"];
            /** Incident Id */
            incident_id: string | null;
            /** Is Automatic */
            is_automatic: boolean;
            kind: components["schemas"]["ReportKind"];
            last_update: components["schemas"]["LastUpdate"];
            monitoring_at: components["schemas"]["Instant"] | null;
            /** Moves By Schedule */
            moves_by_schedule: boolean;
            /** Mutes */
            mutes: boolean;
            published_at: components["schemas"]["Instant"] | null;
            resolved_at: components["schemas"]["Instant"] | null;
            scheduled_for: components["schemas"]["Instant"] | null;
            scheduled_until: components["schemas"]["Instant"] | null;
            started_at: components["schemas"]["Instant"];
            state: components["schemas"]["State"];
            status: components["schemas"]["ReportStatus"];
            /**
             * Status Page Id
             * Format: uuid
             */
            status_page_id: string;
            /** Suggested By */
            suggested_by: string | null;
            /** Title */
            title: string;
            updated_at: components["schemas"]["Instant"];
            /** Updates */
            updates: components["schemas"]["StatusUpdate"][];
            /** Version */
            version: number;
            /** Window Ids */
            window_ids: string[];
        };
        /**
         * StatusReportItem
         * @description A status report as it is listed. `suggested_by` says what had it drafted by itself; `is_automatic`, that no
         *     person has had a hand in it, so that it ends with its incident.
         */
        StatusReportItem: {
            /** Components */
            components: components["schemas"]["ReportComponent"][];
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            impact: components["schemas"]["Impact"];
            /** Incident Id */
            incident_id: string | null;
            /** Is Automatic */
            is_automatic: boolean;
            kind: components["schemas"]["ReportKind"];
            last_update: components["schemas"]["LastUpdate"];
            monitoring_at: components["schemas"]["Instant"] | null;
            /** Moves By Schedule */
            moves_by_schedule: boolean;
            /** Mutes */
            mutes: boolean;
            published_at: components["schemas"]["Instant"] | null;
            resolved_at: components["schemas"]["Instant"] | null;
            scheduled_for: components["schemas"]["Instant"] | null;
            scheduled_until: components["schemas"]["Instant"] | null;
            started_at: components["schemas"]["Instant"];
            state: components["schemas"]["State"];
            status: components["schemas"]["ReportStatus"];
            /**
             * Status Page Id
             * Format: uuid
             */
            status_page_id: string;
            /** Suggested By */
            suggested_by: string | null;
            /** Title */
            title: string;
            updated_at: components["schemas"]["Instant"];
            /** Version */
            version: number;
            /** Window Ids */
            window_ids: string[];
        };
        /**
         * StatusReportPage
         * @description Status reports, those that began last first.
         */
        StatusReportPage: {
            /** Items */
            items: components["schemas"]["StatusReportItem"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * StatusUpdate
         * @description An update; `told_at` is when subscribers were.
         */
        StatusUpdate: {
            /** Affected */
            affected: components["schemas"]["ChangedComponent"][];
            /** Body */
            body: string;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            display_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            status: components["schemas"]["ReportStatus"];
            /** Tells Subscribers */
            tells_subscribers: boolean;
            told_at: components["schemas"]["Instant"] | null;
            updated_at: components["schemas"]["Instant"];
        };
        /**
         * StepConditions
         * @description What must hold for a step to page.
         */
        StepConditions: {
            /** Severities */
            severities?: components["schemas"]["Severity"][];
            /** Times */
            times?: components["schemas"]["StepTimes"][];
            /** Urgencies */
            urgencies?: components["schemas"]["Urgency"][];
            /** @default not_acknowledged */
            while: components["schemas"]["While"];
        };
        /**
         * StepCopy
         * @description Where a copy of a step shall stand; right after it without a position.
         */
        StepCopy: {
            /** Position */
            position?: number | null;
        };
        /**
         * StepInput
         * @description A step. One that the policy already has keeps its `step_id`.
         */
        StepInput: {
            conditions?: components["schemas"]["ConditionsInput"];
            /**
             * Delay Seconds
             * @description A duration in whole seconds.
             */
            delay_seconds?: number;
            /** Retries */
            retries?: number;
            /**
             * Retry Interval Seconds
             * @description A duration in whole seconds.
             */
            retry_interval_seconds?: number;
            /** Round Robin */
            round_robin?: boolean;
            /** Step Id */
            step_id?: string | null;
            /** Targets */
            targets: components["schemas"]["TargetInput"][];
        };
        /**
         * StepInsert
         * @description A step to put into a policy, before the one that stands at `position`; at the end without it.
         */
        StepInsert: {
            conditions?: components["schemas"]["ConditionsInput"];
            /**
             * Delay Seconds
             * @description A duration in whole seconds.
             */
            delay_seconds?: number;
            /** Position */
            position?: number | null;
            /** Retries */
            retries?: number;
            /**
             * Retry Interval Seconds
             * @description A duration in whole seconds.
             */
            retry_interval_seconds?: number;
            /** Round Robin */
            round_robin?: boolean;
            /** Targets */
            targets: components["schemas"]["TargetInput"][];
        };
        /**
         * StepMove
         * @description Where a step shall stand.
         */
        StepMove: {
            /**
             * Position
             * @description A place among the steps, from 0.
             */
            position: number;
        };
        /**
         * StepPatch
         * @description What to change of a step; what is left out stays.
         */
        StepPatch: {
            conditions?: components["schemas"]["ConditionsInput"] | null;
            /** Delay Seconds */
            delay_seconds?: number | null;
            /** Retries */
            retries?: number | null;
            /** Retry Interval Seconds */
            retry_interval_seconds?: number | null;
            /** Round Robin */
            round_robin?: boolean | null;
            /** Targets */
            targets?: components["schemas"]["TargetInput"][] | null;
        };
        /**
         * StepTimes
         * @description Hours of days in the policy's time zone.
         */
        StepTimes: {
            /** Days */
            days: components["schemas"]["Weekday"][];
            /** Ends */
            ends: string;
            /** Starts */
            starts: string;
        };
        /**
         * StoredResult
         * @description One check in one region. `tick` is when it was due; `evidence` what was seen where it did not end well, with the
         *     excerpt of an answer only for those who may run monitors.
         */
        StoredResult: {
            /** Attempts */
            attempts: number;
            checked_at: components["schemas"]["Instant"];
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            } | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Monitor Version */
            monitor_version: number;
            origin: components["schemas"]["Origin"];
            reason: components["schemas"]["tocsin__domain__monitor__Reason"] | null;
            /** Region */
            region: string;
            status: components["schemas"]["CheckStatus"];
            tick: components["schemas"]["Instant"];
            timings: components["schemas"]["ResultTimings"] | null;
        };
        /**
         * Subscriber
         * @description A subscriber. Of the address nobody can read more than `shown`. `failures` are messages in a row that could not
         *     be delivered, `detail` why the last could not; `component_ids` of null are all. Of pending ones, what they ask for.
         */
        Subscriber: {
            asked_at: components["schemas"]["Instant"];
            channel: components["schemas"]["SubscriberChannel"];
            /** Component Ids */
            component_ids: string[] | null;
            confirmed_at: components["schemas"]["Instant"] | null;
            /** Detail */
            detail: string | null;
            ended_at: components["schemas"]["Instant"] | null;
            /** Failures */
            failures: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kinds */
            kinds: components["schemas"]["ReportKind"][];
            /** Shown */
            shown: string;
            state: components["schemas"]["SubscriberState"];
        };
        /** @enum {string} */
        SubscriberChannel: "email" | "webhook" | "slack";
        /**
         * SubscriberCount
         * @description How many subscribers have a channel and a state.
         */
        SubscriberCount: {
            channel: components["schemas"]["SubscriberChannel"];
            state: components["schemas"]["SubscriberState"];
            /** Subscribers */
            subscribers: number;
        };
        /**
         * SubscriberCounts
         * @description How many subscribers a page has, by channel and state; what there are none of is left out.
         */
        SubscriberCounts: {
            /** Items */
            items: components["schemas"]["SubscriberCount"][];
        };
        /**
         * SubscriberInput
         * @description Somebody to ask. They are told nothing until they confirm: by the link in a mail, or by a webhook that answers
         *     2xx. Without `component_ids` it is of all components, also of later ones.
         */
        SubscriberInput: {
            /**
             * Address
             * @description An e-mail address, or a URL.
             */
            address: string;
            channel: components["schemas"]["SubscriberChannel"];
            /** Component Ids */
            component_ids?: string[] | null;
            /** Kinds */
            kinds?: components["schemas"]["ReportKind"][];
        };
        /**
         * SubscriberPage
         * @description A page of subscribers, in the order in which they first asked.
         */
        SubscriberPage: {
            /** Items */
            items: components["schemas"]["Subscriber"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * SubscriberState
         * @description How a subscriber stands: asked for, told, no more by their own wish, no more since nothing could be delivered.
         * @enum {string}
         */
        SubscriberState: "pending" | "active" | "ended" | "failed";
        /**
         * TargetInput
         * @description Whom a step pages: an id, or an address for email. `who` says whom of a schedule: now on call, or next.
         */
        TargetInput: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "user" | "team" | "email" | "schedule" | "destination";
            /** Value */
            value: string;
            /**
             * Who
             * @enum {unknown}
             */
            who?: "now" | "next" | null;
        };
        /**
         * TcpSpec
         * @description A connection; with `send` something is sent (it may hold secrets), with `expect` an RE2 expression must match.
         */
        TcpSpec: {
            /** Assertions */
            assertions?: components["schemas"]["LatencyAssertion"][];
            /**
             * @default {
             *       "server_name": null,
             *       "verify": true,
             *       "warn_days": [
             *         14,
             *         7,
             *         1
             *       ]
             *     }
             */
            certificate: components["schemas"]["Certificate"];
            /** Expect */
            expect?: string | null;
            /** Host */
            host: string;
            /** @default any */
            ip_version: components["schemas"]["IpVersion"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tcp";
            /** Port */
            port: number;
            /** Send */
            send?: string | null;
            /**
             * Tls
             * @default false
             */
            tls: boolean;
        };
        /**
         * Team
         * @description Some members, who own services and policies and can be paged together.
         */
        Team: {
            created_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Members */
            members: components["schemas"]["TeamMember"][];
            /** Name */
            name: string;
            /** Version */
            version: number;
        };
        /**
         * TeamInput
         * @description A team to create or rename.
         */
        TeamInput: {
            /** Name */
            name: string;
        };
        /**
         * TeamMember
         * @description Somebody in a team.
         */
        TeamMember: {
            role: components["schemas"]["TeamRole"];
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * TeamMemberInput
         * @description What somebody is in a team.
         */
        TeamMemberInput: {
            role?: components["schemas"]["TeamRole"];
        };
        /**
         * TeamPage
         * @description Teams by name.
         */
        TeamPage: {
            /** Items */
            items: components["schemas"]["Team"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * TeamRole
         * @description What somebody is in a team.
         * @enum {string}
         */
        TeamRole: "lead" | "member";
        /**
         * TemplateInput
         * @description Words to begin with; `{components}` and `{page}` are filled in. What is `used_when` an incident has opened, or
         *     has resolved, is what a report says by itself then.
         */
        TemplateInput: {
            /** Body */
            body: string;
            kind?: components["schemas"]["ReportKind"];
            /** Name */
            name: string;
            status: components["schemas"]["ReportStatus"];
            /** Title */
            title: string;
            /** Used When */
            used_when?: ("opened" | "resolved") | null;
        };
        /**
         * TimelineEntry
         * @description One line of what happened to an incident; `target_name` is what the target in its data is called.
         */
        TimelineEntry: {
            /** Actor */
            actor: string;
            /** Actor Name */
            actor_name?: string | null;
            at: components["schemas"]["Instant"];
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Target Name */
            target_name?: string | null;
        };
        /**
         * TimelinePage
         * @description A timeline, oldest entry first.
         */
        TimelinePage: {
            /** Items */
            items: components["schemas"]["TimelineEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * TimesInput
         * @description Hours of days in the policy's time zone. What ends no later than it starts goes on into the next day; the same
         *     time twice is a whole day.
         */
        TimesInput: {
            /** Days */
            days?: components["schemas"]["Weekday"][];
            /**
             * Ends
             * @description A time of day in the policy's zone, HH:MM.
             */
            ends?: string;
            /**
             * Starts
             * @description A time of day in the policy's zone, HH:MM.
             */
            starts?: string;
        };
        /**
         * Timings
         * @description Milliseconds of each part that was reached, and of the whole, redirects included.
         */
        Timings: {
            /** Connect */
            connect?: number | null;
            /** Dns */
            dns?: number | null;
            /** First Byte */
            first_byte?: number | null;
            /** Tls */
            tls?: number | null;
            /** Total */
            total: number;
        };
        /**
         * TlsSpec
         * @description A handshake with a server that speaks TLS at once.
         */
        TlsSpec: {
            /** Assertions */
            assertions?: components["schemas"]["LatencyAssertion"][];
            /**
             * @default {
             *       "server_name": null,
             *       "verify": true,
             *       "warn_days": [
             *         14,
             *         7,
             *         1
             *       ]
             *     }
             */
            certificate: components["schemas"]["Certificate"];
            /** Host */
            host: string;
            /** @default any */
            ip_version: components["schemas"]["IpVersion"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tls";
            /**
             * Port
             * @default 443
             */
            port: number;
        };
        /**
         * Topic
         * @description What a client may ask to be told of.
         * @enum {string}
         */
        Topic: "incidents" | "monitors" | "status-pages" | "on-call";
        /**
         * TracedEvent
         * @description One inbound message, what became of it and why: each decision in turn, with the version of the rules.
         */
        TracedEvent: {
            /**
             * Action
             * @enum {string}
             */
            action: "trigger" | "acknowledge" | "resolve" | "change";
            /** Alert Id */
            alert_id: string | null;
            /** Dedup Key */
            dedup_key: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Integration Id */
            integration_id: string | null;
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Monitor Id */
            monitor_id: string | null;
            /** Outcome */
            outcome: string;
            received_at: components["schemas"]["Instant"];
            /** Routing Key Id */
            routing_key_id: string | null;
            /**
             * Service Id
             * Format: uuid
             */
            service_id: string;
            /** Severity */
            severity: string | null;
            /** Source */
            source: string | null;
            /** Summary */
            summary: string | null;
            /** Trace */
            trace: {
                [key: string]: unknown;
            }[];
        };
        /**
         * TransferInput
         * @description Who owns the organization from now on; who hands it over stays as an admin.
         */
        TransferInput: {
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * Unit
         * @description What the length of a turn counts; all are counted on the wall clock, hours too.
         * @enum {string}
         */
        Unit: "hours" | "days" | "weeks";
        /**
         * UpdateInput
         * @description An update. Without a status it is as before; `components` are those that change, or that are named anew.
         */
        UpdateInput: {
            /** Body */
            body: string;
            /** Components */
            components?: components["schemas"]["ComponentWord"][];
            display_at?: components["schemas"]["GivenInstant"] | null;
            status?: components["schemas"]["ReportStatus"] | null;
            /**
             * Tells Subscribers
             * @description Whether subscribers of the page are told of it.
             */
            tells_subscribers?: boolean;
        };
        /**
         * UpdatePatch
         * @description What to mend of an update; its status stays.
         */
        UpdatePatch: {
            /** Body */
            body?: string | null;
            display_at?: components["schemas"]["GivenInstant"] | null;
        };
        /**
         * UptimeDay
         * @description One calendar day. A frozen one has been published and changes no more.
         */
        UptimeDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Degraded Seconds */
            degraded_seconds: number;
            /** Down Seconds */
            down_seconds: number;
            /** Is Frozen */
            is_frozen: boolean;
            /** Maintenance Seconds */
            maintenance_seconds: number;
            /** Seconds */
            seconds: number;
            /** Unknown Seconds */
            unknown_seconds: number;
            /** Up Seconds */
            up_seconds: number;
            /** Uptime */
            uptime: number | null;
        };
        /**
         * UptimeReport
         * @description Uptime by the calendar days of a time zone, oldest first, today last, and of all of them.
         */
        UptimeReport: {
            /** Items */
            items: components["schemas"]["UptimeDay"][];
            origin: components["schemas"]["Origin"];
            /** Time Zone */
            time_zone: string;
            total: components["schemas"]["UptimeSeconds"];
        };
        /**
         * UptimeSeconds
         * @description Seconds by what a monitor was. `uptime` is (up + degraded) / (up + degraded + down), null when nothing is known;
         *     `seconds` is the length of the time, of which the rest is yet to come.
         */
        UptimeSeconds: {
            /** Degraded Seconds */
            degraded_seconds: number;
            /** Down Seconds */
            down_seconds: number;
            /** Maintenance Seconds */
            maintenance_seconds: number;
            /** Seconds */
            seconds: number;
            /** Unknown Seconds */
            unknown_seconds: number;
            /** Up Seconds */
            up_seconds: number;
            /** Uptime */
            uptime: number | null;
        };
        /**
         * Urgency
         * @description How soon somebody is needed: it chooses how people are paged.
         * @enum {string}
         */
        Urgency: "high" | "low";
        /**
         * UrgencySetting
         * @description How urgent the incidents of a service are.
         * @enum {string}
         */
        UrgencySetting: "by_severity" | "high" | "low";
        /**
         * Visibility
         * @description Who may see a page: nobody yet, or anymore, or everybody.
         * @enum {string}
         */
        Visibility: "private" | "public";
        /**
         * WebhookMethodInput
         * @description A webhook to page a member by; its calls are signed (Standard Webhooks).
         */
        WebhookMethodInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            channel: "webhook";
            /** Label */
            label?: string | null;
            /** Url */
            url: string;
        };
        /**
         * Weekday
         * @description A day of the week.
         * @enum {string}
         */
        Weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        /**
         * While
         * @description Until when a step pages.
         * @enum {string}
         */
        While: "not_acknowledged" | "not_resolved";
        /**
         * WindowInput
         * @description A time in which what it covers is seen, but pages nobody. It covers these services (none named: all) as far as
         *     an incident has all of these labels and comes from one of these monitors (none named: from anywhere); one of the
         *     three must be given, or `everything`.
         *
         *     A window that recurs (RFC 5545 RRULE) keeps its local times in its zone; starts_at and ends_at are the first one.
         */
        WindowInput: {
            ends_at: components["schemas"]["GivenInstant"];
            /** Everything */
            everything?: boolean;
            kind?: components["schemas"]["WindowKind"];
            /** Labels */
            labels?: {
                [key: string]: string;
            };
            /** Monitor Ids */
            monitor_ids?: string[];
            /** Name */
            name: string;
            /** Recurrence */
            recurrence?: string | null;
            recurs_until?: components["schemas"]["GivenInstant"] | null;
            /** Service Ids */
            service_ids?: string[];
            starts_at: components["schemas"]["GivenInstant"];
            /**
             * Time Zone
             * @description A zone by its IANA name, like Europe/Berlin.
             */
            time_zone?: string;
        };
        /**
         * WindowKind
         * @description Both mute; maintenance is announced work, a silence is only quiet.
         * @enum {string}
         */
        WindowKind: "maintenance" | "silence";
        /**
         * WindowPage
         * @description Windows, those made last first.
         */
        WindowPage: {
            /** Items */
            items: components["schemas"]["MaintenanceWindow"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * RuleInput
         * @description A rule. Without a condition it matches every event; one that `continues` lets the rules after it be asked too.
         */
        tocsin__contracts__api_event_rules__RuleInput: {
            actions?: components["schemas"]["ActionsInput"];
            /** Condition */
            condition?: string | null;
            /** Continues */
            continues?: boolean;
            /** Name */
            name: string;
            /** Rule Id */
            rule_id?: string | null;
        };
        /**
         * RuleInput
         * @description Page by this contact method, so many seconds after the step; 0 to 86400.
         */
        tocsin__contracts__api_notifications__RuleInput: {
            /**
             * Contact Method Id
             * Format: uuid
             */
            contact_method_id: string;
            /**
             * Delay Seconds
             * @description A duration in whole seconds.
             */
            delay_seconds?: number;
        };
        /**
         * Override
         * @description What is laid over a schedule; once cancelled it holds no more, and what it was before stays true.
         */
        tocsin__contracts__api_schedules__Override: {
            cancelled_at: components["schemas"]["Instant"] | null;
            created_at: components["schemas"]["Instant"];
            /** Created By */
            created_by: string;
            ends_at: components["schemas"]["Instant"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["OverrideKind"];
            /** Layers */
            layers: components["schemas"]["Layer"][] | null;
            /** Name */
            name: string | null;
            /**
             * Schedule Id
             * Format: uuid
             */
            schedule_id: string;
            starts_at: components["schemas"]["Instant"];
            /** Time Zone */
            time_zone: string | null;
            /** User Id */
            user_id: string | null;
            /** Version */
            version: number;
        };
        /**
         * OverrideInput
         * @description What to lay over a schedule from now, or from an instant to come, until another.
         *
         *     An override has `user_id`, null for nobody; a temporary schedule has `layers`, and a `time_zone` unless it is the
         *     schedule's. Of overrides that overlap the one created last wins; they lie over temporary schedules.
         */
        tocsin__contracts__api_schedules__OverrideInput: {
            ends_at: components["schemas"]["GivenInstant"];
            kind?: components["schemas"]["OverrideKind"];
            /** Layers */
            layers?: components["schemas"]["LayerInput"][] | null;
            /** Name */
            name?: string | null;
            starts_at?: components["schemas"]["GivenInstant"] | null;
            /** Time Zone */
            time_zone?: string | null;
            /** User Id */
            user_id?: string | null;
        };
        /**
         * Reason
         * @description Why somebody has a shift: a layer of a version, an override, or a temporary schedule.
         */
        tocsin__contracts__api_schedules__Reason: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["ReasonKind"];
            /** Name */
            name: string | null;
            /** Version */
            version: number | null;
        };
        /**
         * Override
         * @description Somebody's word of what a component is. Once `until` has passed it holds no more.
         */
        tocsin__contracts__api_status_pages__Override: {
            /** By */
            by: string;
            status: components["schemas"]["ComponentStatus"];
            until: components["schemas"]["Instant"] | null;
        };
        /**
         * OverrideInput
         * @description What a component is, whatever monitors and reports say: until then, or until it is taken back.
         */
        tocsin__contracts__api_status_pages__OverrideInput: {
            status: components["schemas"]["ComponentStatus"];
            until?: components["schemas"]["GivenInstant"] | null;
        };
        /**
         * Reason
         * @description Why a check did not end well: stable names that people filter by. `detail` beside it says it in words.
         * @enum {string}
         */
        tocsin__domain__monitor__Reason: "assertion_failed" | "bad_configuration" | "body_too_large" | "certificate_expired" | "certificate_expires_soon" | "certificate_not_yet_valid" | "certificate_revoked" | "certificate_untrusted" | "certificate_wrong_name" | "connection_closed" | "connection_refused" | "connection_reset" | "dns_no_answer" | "dns_no_such_name" | "dns_refused" | "dns_server_failure" | "forbidden_address" | "headers_too_large" | "heartbeat_failed" | "heartbeat_missed" | "internal_error" | "network_unreachable" | "protocol_error" | "region_blind" | "run_too_long" | "secrets_unreadable" | "timeout" | "tls_failed" | "too_many_redirects" | "too_slow" | "unexpected_answer" | "unexpected_status";
    };
    responses: never;
    parameters: {
        /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
        IdempotencyKey: string;
        /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
        Organization: string;
    };
    requestBodies: never;
    headers: {
        /** @description The version, to be sent as If-Match with a change. */
        ETag: string;
        /** @description How many are left (r), and in how many seconds the quota is whole again (t): "keys";r=599;t=42 */
        RateLimit: string;
        /** @description How many requests (q) the caller may make in how many seconds (w): "keys";q=600;w=60 */
        RateLimitPolicy: string;
        /** @description true on an answer that was given before. */
        Replayed: string;
        /** @description The id of this request. */
        RequestId: string;
        /** @description Seconds to wait. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getPageLoad: {
        parameters: {
            query?: {
                /** @description The first instant, with its zone; 30 days before `to`. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
                /** @description The time zone of days and hours. */
                time_zone?: string;
                /** @description The first hour of the night. */
                night_from?: number;
                /** @description The hour in which it is night no more. */
                night_until?: number;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageLoadReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportPageLoad: {
        parameters: {
            query?: {
                format?: components["schemas"]["FileFormat"];
                /** @description The first instant, with its zone; 30 days before `to`. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
                /** @description The time zone of days and hours. */
                time_zone?: string;
                /** @description The first hour of the night. */
                night_from?: number;
                /** @description The hour in which it is night no more. */
                night_until?: number;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows as a file */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getResponseTimes: {
        parameters: {
            query?: {
                /** @description The first instant, with its zone; 30 days before `to`. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
                /** @description The calendar intervals to tell apart. */
                interval?: components["schemas"]["Interval"];
                /** @description The time zone of days and hours. */
                time_zone?: string;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseTimesReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportResponseTimes: {
        parameters: {
            query?: {
                format?: components["schemas"]["FileFormat"];
                /** @description The first instant, with its zone; 30 days before `to`. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
                /** @description The calendar intervals to tell apart. */
                interval?: components["schemas"]["Interval"];
                /** @description The time zone of days and hours. */
                time_zone?: string;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows as a file */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getServiceNoise: {
        parameters: {
            query?: {
                /** @description The first instant, with its zone; 30 days before `to`. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceNoiseReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportServiceNoise: {
        parameters: {
            query?: {
                format?: components["schemas"]["FileFormat"];
                /** @description The first instant, with its zone; 30 days before `to`. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows as a file */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description A kind, or kind:id: user:0197…, api_key:0197…, system. */
                actor?: string | null;
                /** @description Like service.created. */
                action?: string | null;
                /** @description Like service. */
                subject_kind?: string | null;
                subject_id?: string | null;
                /** @description The first instant, with its zone. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description What one request has changed. */
                request_id?: string | null;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAuditEntries: {
        parameters: {
            query?: {
                format?: components["schemas"]["FileFormat"];
                /** @description A kind, or kind:id: user:0197…, api_key:0197…, system. */
                actor?: string | null;
                /** @description Like service.created. */
                action?: string | null;
                /** @description Like service. */
                subject_kind?: string | null;
                subject_id?: string | null;
                /** @description The first instant, with its zone. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description What one request has changed. */
                request_id?: string | null;
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the log, newest first; a CSV has its heading in the first part alone */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckRegions: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckRegions"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openDemoSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoSession"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDestinations: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DestinationPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DestinationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewDestination"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                destination_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                destination_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                destination_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DestinationPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewDestination"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                destination_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                destination_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DestinationTest"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDestinationTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                destination_id: string;
                test_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DestinationTest"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEscalationPolicies: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEscalationPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEscalationPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEscalationPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEscalationPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duplicateEscalationPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policy_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyCopy"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    insertStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policy_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepInsert"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
                step_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
                step_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duplicateStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policy_id: string;
                step_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepCopy"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policy_id: string;
                step_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepMove"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEscalationPolicyVersions: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_before of the page before. */
                before?: number | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersions"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEscalationPolicyVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                policy_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRules"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEventRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventRulesInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRules"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testEventRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationRulesTest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventDecision"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventRulesVersions: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_before of the page before. */
                before?: number | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRulesVersions"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracedEvent"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evidence"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIncidents: {
        parameters: {
            query?: {
                /** @description Only what has one of these; repeat it for several. */
                status?: components["schemas"]["Status"][] | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                urgency?: components["schemas"]["Urgency"] | null;
                /** @description Only what has this. */
                snoozed?: boolean | null;
                /** @description Only what has this. */
                muted?: boolean | null;
                /** @description Only what the caller has acknowledged, is paged for now, or was called in to help with. */
                mine?: boolean;
                /** @description The order: by this field, or with a minus before it backwards. */
                sort?: "-created_at" | "created_at";
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    escalateIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EscalateInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdEscalation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveEscalation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteInput"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reassignIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReassignInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addResponders: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RespondersInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeEscalation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snoozeIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnoozeInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTimeline: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelinePage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unacknowledgeIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unsnoozeIncident: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIntegrations: {
        parameters: {
            query?: {
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewIntegration"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoutingKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingKeyList"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRoutingKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewRoutingKey"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeRoutingKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                integration_id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingKey"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateRoutingKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                integration_id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateInput"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewRoutingKey"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IntegrationTestInput"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationTest"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description Only what has this. */
                status?: components["schemas"]["InvitationStatus"] | null;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitationByToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joined"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lint: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLiveChanges: {
        parameters: {
            query?: {
                /** @description The sequence of the last answer, or of the last message. */
                after?: number | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveChanges"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openLiveTicket: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveTicket"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMaintenanceWindows: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WindowInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceWindow"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listActiveMaintenanceWindows: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveWindows"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                window_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceWindow"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                window_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WindowInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceWindow"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                window_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceWindow"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                window_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceWindow"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivedInvitationList"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptMyInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joined"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineMyInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Declined */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOutEverywhere: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Removed"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMonitorGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorGroups"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMonitorGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorGroupInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorGroup"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorGroup"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMonitorGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorGroupInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorGroup"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMonitorGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMonitors: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
                /** @description Only what has one of these; repeat it for several. */
                status?: components["schemas"]["CheckStatus"][] | null;
                /** @description Only what has one of these; repeat it for several. */
                kind?: components["schemas"]["MonitorKind"][] | null;
                /** @description Only what has one of these; repeat it for several. */
                tag?: string[] | null;
                /** @description Only what has this. */
                group_id?: string | null;
                /** @description Only what has this. */
                service_id?: string | null;
                /** @description Only what has this. */
                paused?: boolean | null;
                /** @description Only those with this in their name, description, URL or host. */
                q?: string | null;
                /** @description Which monitors; repeat it for several, 100 at most. */
                monitor_id?: string[] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewMonitor"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportMonitors: {
        parameters: {
            query?: {
                /** @description Only those with one of these tags; repeat it for several. */
                tag?: string[] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorsDocument"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorFigures: {
        parameters: {
            query?: {
                /** @description Which monitors; repeat it for several, 100 at most. */
                monitor_id?: string[] | null;
                /** @description How many calendar days, today last. */
                days?: number;
                /** @description The time zone of the days. */
                time_zone?: string;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importMonitors: {
        parameters: {
            query?: {
                /** @description Only tell what would change. */
                dry_run?: boolean;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorsDocument"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorTest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorRun"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                try_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorRun"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBeacon: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Beacon"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setBeacon: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BeaconInput"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewBeacon"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeBeacon: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cloneMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorCopy"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewMonitor"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evidence"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorLatency: {
        parameters: {
            query?: {
                /** @description The first instant, with its zone. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Hours, of at most 14 days, or days; both of UTC. */
                step?: components["schemas"]["LatencyStep"];
                /** @description Only what has one of these; repeat it for several. */
                region?: string[] | null;
                /** @description Where results come from; what the public is shown is live. */
                origin?: components["schemas"]["Origin"];
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LatencyReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMonitorOutages: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutagePage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPings: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PingPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMonitorRegions: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionStates"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMonitorResults: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
                /** @description The first instant, with its zone. */
                from?: components["schemas"]["GivenInstant"] | null;
                /** @description The instant before which to end; now. */
                to?: components["schemas"]["GivenInstant"] | null;
                /** @description Only what has one of these; repeat it for several. */
                region?: string[] | null;
                /** @description Only what has one of these; repeat it for several. */
                status?: components["schemas"]["CheckStatus"][] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateHeartbeatKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PingUrl"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runMonitor: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorRun"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorRun"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonitorUptime: {
        parameters: {
            query?: {
                /** @description How many calendar days, today last. */
                days?: number;
                /** @description The time zone of the days. */
                time_zone?: string;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                monitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UptimeReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOnCall: {
        parameters: {
            query?: {
                /** @description Only what has this. */
                user_id?: string | null;
                /** @description Only what has this. */
                team_id?: string | null;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnCallPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHandoffNotices: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffNotices"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setHandoffNotices: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandoffNoticesInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffNotices"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationEnd"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportOrganization: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Removed"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopPaging: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PagingStopInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagingStop"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumePaging: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Paging goes on */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transferOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPingKeys: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PingKeyPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPingKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PingKeyInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewPingKey"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokePingKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                ping_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PingKey"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPrivateLocations: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivateLocationPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPrivateLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrivateLocationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivateLocation"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPrivateLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                location_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivateLocation"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updatePrivateLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                location_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrivateLocationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivateLocation"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deletePrivateLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                location_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProbes: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                location_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbePage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                location_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProbeInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewProbe"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                location_id: string;
                probe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                location_id: string;
                probe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                location_id: string;
                probe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewProbe"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewSchedule: {
        parameters: {
            query?: {
                /** @description Shifts that end after this instant; now unless given. */
                since?: components["schemas"]["GivenInstant"] | null;
                /** @description Shifts that start before this instant; 14 days after since unless given, at most 92. */
                until?: components["schemas"]["GivenInstant"] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shifts"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalendars: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarFeeds"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCalendar: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarFeedInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewCalendarFeed"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeCalendar: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                schedule_id: string;
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarFeed"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateCalendar: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                schedule_id: string;
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewCalendarFeed"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOverrides: {
        parameters: {
            query?: {
                /** @description Also what is over or was cancelled. */
                all?: boolean;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverridePage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tocsin__contracts__api_schedules__OverrideInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tocsin__contracts__api_schedules__Override"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
                override_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tocsin__contracts__api_schedules__Override"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
                override_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tocsin__contracts__api_schedules__OverrideInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tocsin__contracts__api_schedules__Override"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                schedule_id: string;
                override_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tocsin__contracts__api_schedules__Override"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewScheduleChange: {
        parameters: {
            query?: {
                /** @description Shifts that end after this instant; now unless given. */
                since?: components["schemas"]["GivenInstant"] | null;
                /** @description Shifts that start before this instant; 14 days after since unless given, at most 92. */
                until?: components["schemas"]["GivenInstant"] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shifts"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listShifts: {
        parameters: {
            query?: {
                /** @description Shifts that end after this instant; now unless given. */
                since?: components["schemas"]["GivenInstant"] | null;
                /** @description Shifts that start before this instant; 14 days after since unless given, at most 92. */
                until?: components["schemas"]["GivenInstant"] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shifts"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScheduleVersions: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_before of the page before. */
                before?: number | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleVersions"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServicePage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createService: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteService: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateService: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServicePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDependencies: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dependencies"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateDependencies: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DependenciesInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dependencies"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getServiceEventRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRules"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateServiceEventRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventRulesInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRules"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testServiceEventRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventRulesTest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventDecision"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServiceEventRulesVersions: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_before of the page before. */
                before?: number | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRulesVersions"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPlace"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulationInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatusPages: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusPages"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createStatusPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusPageInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatusPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateStatusPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusPageInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteStatusPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComponentGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentGroups"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createComponentGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComponentGroupInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentGroup"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getComponentGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentGroup"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateComponentGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComponentGroupInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentGroup"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteComponentGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComponents: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Components"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComponentInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComponentInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overrideComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tocsin__contracts__api_status_pages__OverrideInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endComponentOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                component_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStatusPageLogo: {
        parameters: {
            query?: {
                /** @description What the picture shows, for who can't see it. */
                alt?: string;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                variant: "light" | "dark";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteStatusPageLogo: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                variant: "light" | "dark";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleMaintenance: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaintenanceInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderStatusPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatusReports: {
        parameters: {
            query?: {
                /** @description Only what has this. */
                kind?: components["schemas"]["ReportKind"] | null;
                /** @description Only what has one of these; repeat it for several. */
                state?: components["schemas"]["State"][] | null;
                /** @description Only what has one of these; repeat it for several. */
                status?: components["schemas"]["ReportStatus"][] | null;
                /** @description Only what has this. */
                component_id?: string | null;
                /** @description Only what has this. */
                incident_id?: string | null;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReportPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatusPageStatus: {
        parameters: {
            query?: {
                /** @description What it would tell if monitors and incidents did this to it by themselves. */
                automatic?: components["schemas"]["Automatic"] | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTold"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubscribers: {
        parameters: {
            query?: {
                /** @description Only what has this. */
                state?: components["schemas"]["SubscriberState"] | null;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriberPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addSubscriber: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriberInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscriber"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countSubscribers: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriberCounts"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSubscriber: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
                subscriber_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReportTemplates: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplates"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createReportTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                page_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                template_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateReportTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                template_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteReportTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                template_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreStatusReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addStatusUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteStatusUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                report_id: string;
                update_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editStatusUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                report_id: string;
                update_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdatePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusReport"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTeams: {
        parameters: {
            query?: {
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description next_cursor of the page before; without it, the first page. */
                cursor?: string | null;
            };
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTeamMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                team_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamMemberInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeTeamMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                team_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContactMethods: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMethodList"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createContactMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailMethodInput"] | components["schemas"]["WebhookMethodInput"] | components["schemas"]["SlackMethodInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewContactMethod"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeContactMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
                method_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedContactMethod"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmContactMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                user_id: string;
                method_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMethod"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 413 body_too_large, 415 unsupported_media_type, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableContactMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                user_id: string;
                method_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMethod"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testContactMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                user_id: string;
                method_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MethodTest"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContactMethodTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
                method_id: string;
                test_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MethodTest"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyContactMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
                /** @description Sent again with the same key within a day, the request is carried out once and answered alike. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                user_id: string;
                method_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMethod"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 409 idempotent_answer_lost, 409 idempotent_request_running, 422 idempotency_key_reused, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotificationRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationRuleSets"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNotificationRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
                urgency: components["schemas"]["Urgency"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationRuleSet"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 forbidden, 404 not_found, 422 invalid, 429 rate_limited, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setNotificationRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
                urgency: components["schemas"]["Urgency"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleSetInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationRuleSet"];
                };
            };
            /** @description A problem; among the codes: 400 malformed_body, 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 413 body_too_large, 415 unsupported_media_type, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetNotificationRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read. */
                "if-match"?: string | null;
                /** @description For which organization a person calls; a key has one already. GET /v1/me lists yours. */
                "Tocsin-Organization"?: components["parameters"]["Organization"];
            };
            path: {
                user_id: string;
                urgency: components["schemas"]["Urgency"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationRuleSet"];
                };
            };
            /** @description A problem; among the codes: 401 unauthenticated, 403 demo_read_only, 403 forbidden, 404 not_found, 409 conflict, 409 duplicate, 422 invalid, 422 unstorable, 429 rate_limited, 503 contention, 503 database_unavailable */
            default: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
