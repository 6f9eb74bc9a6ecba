"""The audit log: who asked what, when, and which provisions answered; a hash chain shows any change."""

from lawqa.web.audit.log import AuditLog

__all__ = ["AuditLog"]
