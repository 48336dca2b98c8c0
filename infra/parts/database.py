"""PostgreSQL in AWS, and what a function is told to enter it."""

from typing import Final, Protocol, cast

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.parts.logs import log_group
from infra.parts.network import InsideNetwork
from infra.stages import ExistingServer, LocalServer, ManagedServer, Stage

ROLES: Final = ("app", "worker")
"""Who functions enter as (migrations/roles.sql)."""
INSTANCE_CA: Final = "/opt/python/tocsin_data/rds-ca.pem"
PUBLIC_CA: Final = "/opt/python/botocore/cacert.pem"
"""RDS Proxy shows a certificate of ACM, which public authorities sign."""
PARAMETERS: Final = {
    "rds.force_ssl": "1",
    "log_min_duration_statement": "1000",
    "log_lock_waits": "1",
    "log_statement": "ddl",
}


class Entrance(Protocol):
    """A way into a database."""

    def environment(self, db_user: str) -> dict[str, str]:
        """The DB_* settings of a function that enters as a role."""
        ...

    def let_enter(self, role: iam.IRole, db_user: str) -> None:
        """Give a function's role what it needs to enter as a database role, and as no other."""
        ...


class AdministeredDatabase(Entrance, Protocol):
    """A database whose schema the deployment brings up to date."""

    def administrator(self) -> dict[str, str]:
        """The settings of the function migrate."""
        ...

    def let_administer(self, role: iam.IRole) -> None:
        """Give migrate's role what it needs to enter as the administrator."""
        ...


class LocalEntrance:
    """Over a socket of this machine, trusted."""

    def __init__(self, server: LocalServer) -> None:
        self._server = server

    def environment(self, db_user: str) -> dict[str, str]:
        """See Entrance."""
        return _address(self._server.host, self._server.port, self._server.name, db_user)

    def let_enter(self, role: iam.IRole, db_user: str) -> None:
        """Nothing is needed."""


class ExistingDatabase(Construct):
    """The operator's own PostgreSQL. Each role's password is a secret of its own, found by its fixed name."""

    def __init__(self, scope: Construct, stage_name: str, server: ExistingServer, network: InsideNetwork) -> None:
        super().__init__(scope, "Database")
        self._server = server
        self._ca_file = INSTANCE_CA if server.is_rds else PUBLIC_CA
        self._secrets = {
            role: secretsmanager.Secret.from_secret_name_v2(self, role.capitalize(), f"tocsin-{stage_name}-db-{role}")
            for role in (*ROLES, "admin")
        }
        for group in (network.functions, network.migrations):
            group.add_egress_rule(ec2.Peer.ipv4(server.cidr), ec2.Port.tcp(server.port), "PostgreSQL")

    def environment(self, db_user: str) -> dict[str, str]:
        """See Entrance; the secret is the password, as plain text."""
        return {
            **_address(self._server.host, self._server.port, self._server.name, db_user),
            "DB_PASSWORD_SECRET_ARN": self._secrets[db_user].secret_arn,
            "DB_CA_FILE": self._ca_file,
        }

    def let_enter(self, role: iam.IRole, db_user: str) -> None:
        """See Entrance."""
        self._secrets[db_user].grant_read(role)

    def administrator(self) -> dict[str, str]:
        """What migrate is told; the secret is JSON with username and password, and the passwords of the roles."""
        return {
            "DB_HOST": self._server.host,
            "DB_PORT": str(self._server.port),
            "DB_NAME": self._server.name,
            "DB_CA_FILE": self._ca_file,
            "ADMIN_SECRET_ARN": self._secrets["admin"].secret_arn,
            **{f"{role.upper()}_SECRET_ARN": self._secrets[role].secret_arn for role in ROLES},
        }

    def let_administer(self, role: iam.IRole) -> None:
        """Give migrate's role the administrator's secret, and the passwords it sets."""
        for secret in self._secrets.values():
            secret.grant_read(role)


class ManagedDatabase(Construct):
    """RDS for PostgreSQL, with RDS Proxy where the stage has one. Roles enter by IAM from end to end."""

    def __init__(self, scope: Construct, stage: Stage, server: ManagedServer, network: InsideNetwork) -> None:
        super().__init__(scope, "Database")
        self.server: Final = server
        self.in_two_zones: Final = server.multi_az
        doors = network.group("Database", "PostgreSQL: in from whoever may, out never")
        self.instance: Final = self._instance(stage, network, doors)
        doors.add_ingress_rule(network.migrations, _POSTGRES, "Migrations")
        network.migrations.add_egress_rule(doors, _POSTGRES, "The database server")
        self.proxy: Final = self._proxy(stage, network) if server.proxy else None
        if self.proxy is None:
            doors.add_ingress_rule(network.functions, _POSTGRES, "Inside functions")
            network.functions.add_egress_rule(doors, _POSTGRES, "The database server")

    def environment(self, db_user: str) -> dict[str, str]:
        """See Entrance."""
        through = self.proxy.endpoint if self.proxy else self.instance.db_instance_endpoint_address
        return {
            **_address(through, 5432, self.server.name, db_user),
            "DB_IAM": "yes",
            "DB_CA_FILE": PUBLIC_CA if self.proxy else INSTANCE_CA,
        }

    def let_enter(self, role: iam.IRole, db_user: str) -> None:
        """See Entrance."""
        (self.proxy or self.instance).grant_connect(role, db_user)

    def administrator(self) -> dict[str, str]:
        """What migrate is told: the server itself, and the master's secret, which RDS keeps and rotates."""
        return {
            "DB_HOST": self.instance.db_instance_endpoint_address,
            "DB_PORT": "5432",
            "DB_NAME": self.server.name,
            "DB_CA_FILE": INSTANCE_CA,
            "DB_IAM": "yes",
            "ADMIN_SECRET_ARN": self._master_secret.secret_arn,
        }

    def let_administer(self, role: iam.IRole) -> None:
        """Give migrate's role the master's secret."""
        self._master_secret.grant_read(role)

    @property
    def _master_secret(self) -> secretsmanager.ISecret:
        secret = self.instance.secret
        if secret is None:
            msg = "the instance was made without a master secret"
            raise TypeError(msg)
        return secret

    def _instance(self, stage: Stage, network: InsideNetwork, doors: ec2.SecurityGroup) -> rds.DatabaseInstance:
        server = self.server
        engine = rds.DatabaseInstanceEngine.postgres(version=rds.PostgresEngineVersion.VER_18)
        name = f"tocsin-{stage.name}"
        written = log_group(self, "Logs", f"/aws/rds/instance/{name}/postgresql", stage)
        instance = rds.DatabaseInstance(
            self,
            "Instance",
            instance_identifier=name,
            engine=engine,
            instance_type=ec2.InstanceType(server.instance_class),
            vpc=network.vpc,
            vpc_subnets=network.database_subnets,
            security_groups=[doors],
            publicly_accessible=False,
            multi_az=server.multi_az,
            # beside the functions: traffic between zones costs, and takes longer
            availability_zone=None if server.multi_az else network.vpc.availability_zones[0],
            credentials=rds.Credentials.from_username("postgres"),
            manage_master_user_password=True,
            iam_authentication=True,
            storage_type=rds.StorageType.GP3,
            storage_encrypted=True,
            allocated_storage=server.storage_gb,
            max_allocated_storage=server.storage_gb * 5,
            backup_retention=Duration.days(server.backup_days),
            copy_tags_to_snapshot=True,
            deletion_protection=True,
            removal_policy=RemovalPolicy.SNAPSHOT,
            auto_minor_version_upgrade=True,
            allow_major_version_upgrade=False,
            cloudwatch_logs_exports=["postgresql"],
            parameter_group=rds.ParameterGroup(
                self,
                "Parameters",
                engine=engine,
                description="Tocsin: TLS only, slow statements told",
                parameters=PARAMETERS,
            ),
        )
        instance.node.add_dependency(written)  # RDS would make one that is kept for ever
        if server.copies is not None:
            table = cast("rds.CfnDBInstance", instance.node.default_child)
            table.automatic_backup_replication_region = server.copies.region
            table.automatic_backup_replication_kms_key_id = server.copies.key_arn
            table.automatic_backup_replication_retention_period = server.backup_days
        return instance

    def _proxy(self, stage: Stage, network: InsideNetwork) -> rds.DatabaseProxy:
        front = network.group("Proxy", "RDS Proxy: in from inside functions, out to PostgreSQL")
        front.add_ingress_rule(network.functions, _POSTGRES, "Inside functions")
        # the way on to the instance is opened by CDK; a second rule like its own would be refused
        network.functions.add_egress_rule(front, _POSTGRES, "RDS Proxy")
        role = iam.Role(self, "ProxyRole", assumed_by=cast("iam.IPrincipal", iam.ServicePrincipal("rds.amazonaws.com")))
        # CDK gives this role nothing by itself
        for db_user in ROLES:
            self.instance.grant_connect(role, db_user)
        return rds.DatabaseProxy(
            self,
            "Proxy",
            db_proxy_name=f"tocsin-{stage.name}",
            proxy_target=rds.ProxyTarget.from_instance(cast("rds.IDatabaseInstance", self.instance)),
            vpc=network.vpc,
            vpc_subnets=network.database_subnets,
            security_groups=[front],
            role=cast("iam.IRole", role),
            default_auth_scheme=rds.DefaultAuthScheme.IAM_AUTH,
            iam_auth=True,
            require_tls=True,
            idle_client_timeout=Duration.minutes(30),
            borrow_timeout=Duration.seconds(5),
            max_connections_percent=80,
            max_idle_connections_percent=40,
        )


_POSTGRES: Final = ec2.Port.tcp(5432)


def _address(host: str, port: int, name: str, db_user: str) -> dict[str, str]:
    return {"DB_HOST": host, "DB_PORT": str(port), "DB_NAME": name, "DB_USER": db_user}
