package segment

// RuleSettings lets the tests run rules the way the service does.
const RuleSettings = ruleSettings
