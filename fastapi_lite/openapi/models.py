"""An OpenAPI document as pydantic models (OpenAPI Specification 3.1.0, section 4.8).

`OpenAPI(**document)` checks a document's shape, and
`model_dump(mode="json", by_alias=True, exclude_none=True)` writes it. Fields have the names and the order of
the specification; those Python or pydantic would not accept end in an underscore. Every object may carry
extensions, except where the specification forbids them.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, Union

from pydantic import AfterValidator, AnyUrl, BaseModel, ConfigDict, Field, with_config
from pydantic.networks import validate_email
from typing_extensions import TypedDict


def read_email(value: str) -> str:
    """`value` as an email address; taken as it is where `email-validator` is not installed."""
    try:
        return validate_email(value)[1]
    except ImportError:
        return value


Email: TypeAlias = Annotated[str, AfterValidator(read_email)]
Count: TypeAlias = Annotated[int, Field(ge=0)]
SchemaType: TypeAlias = Literal["array", "boolean", "integer", "null", "number", "object", "string"]
SchemaOrBool: TypeAlias = Union["Schema", bool]
"""A schema; `true` admits everything, `false` nothing (JSON Schema Core, section 4.3.2)."""
SecurityRequirements: TypeAlias = list[dict[str, list[str]]]
"""Alternatives, each the schemes it needs and their scopes (4.8.30)."""


class BaseModelWithConfig(BaseModel):
    """What all objects share: they may be extended (4.9)."""

    # Built when first used: the document's sixty objects are no part of an import's cost.
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", defer_build=True)


class Reference(BaseModel):
    """A pointer to an object written elsewhere (4.8.23)."""

    ref: str = Field(alias="$ref")


# The API and its surroundings


class Contact(BaseModelWithConfig):
    """Who answers for the API (4.8.3)."""

    name: str | None = None
    url: AnyUrl | None = None
    email: Email | None = None


class License(BaseModelWithConfig):
    """The API's licence; `identifier` is of SPDX and excludes `url` (4.8.4)."""

    name: str
    identifier: str | None = None
    url: AnyUrl | None = None


class Info(BaseModelWithConfig):
    """What the API is (4.8.2)."""

    title: str
    summary: str | None = None
    description: str | None = None
    termsOfService: str | None = None
    contact: Contact | None = None
    license: License | None = None
    version: str


class ServerVariable(BaseModelWithConfig):
    """A part of a server's address that is filled in (4.8.6)."""

    enum: Annotated[list[str] | None, Field(min_length=1)] = None
    default: str
    description: str | None = None


class Server(BaseModelWithConfig):
    """Where the API is served (4.8.5)."""

    url: AnyUrl | str
    description: str | None = None
    variables: dict[str, ServerVariable] | None = None


class ExternalDocumentation(BaseModelWithConfig):
    """Where more is written (4.8.11)."""

    description: str | None = None
    url: AnyUrl


class Tag(BaseModelWithConfig):
    """What a group of operations is about (4.8.22)."""

    name: str
    description: str | None = None
    externalDocs: ExternalDocumentation | None = None


# Schemas


class Discriminator(BaseModel):
    """Which property tells the members of a union apart (4.8.25)."""

    propertyName: str
    mapping: dict[str, str] | None = None


class XML(BaseModelWithConfig):
    """How a property is written in XML (4.8.26)."""

    name: str | None = None
    namespace: str | None = None
    prefix: str | None = None
    attribute: bool | None = None
    wrapped: bool | None = None


class Schema(BaseModelWithConfig):
    """What a value looks like (4.8.24; JSON Schema 2020-12)."""

    # JSON Schema Core, section 8: identifiers and references
    schema_: str | None = Field(default=None, alias="$schema")
    vocabulary: str | None = Field(default=None, alias="$vocabulary")
    id: str | None = Field(default=None, alias="$id")
    anchor: str | None = Field(default=None, alias="$anchor")
    dynamicAnchor: str | None = Field(default=None, alias="$dynamicAnchor")
    ref: str | None = Field(default=None, alias="$ref")
    dynamicRef: str | None = Field(default=None, alias="$dynamicRef")
    defs: dict[str, SchemaOrBool] | None = Field(default=None, alias="$defs")
    comment: str | None = Field(default=None, alias="$comment")
    # JSON Schema Core, section 10: applying schemas to a value and to its parts
    allOf: list[SchemaOrBool] | None = None
    anyOf: list[SchemaOrBool] | None = None
    oneOf: list[SchemaOrBool] | None = None
    not_: SchemaOrBool | None = Field(default=None, alias="not")
    if_: SchemaOrBool | None = Field(default=None, alias="if")
    then: SchemaOrBool | None = None
    else_: SchemaOrBool | None = Field(default=None, alias="else")
    dependentSchemas: dict[str, SchemaOrBool] | None = None
    prefixItems: list[SchemaOrBool] | None = None
    items: SchemaOrBool | None = None
    contains: SchemaOrBool | None = None
    properties: dict[str, SchemaOrBool] | None = None
    patternProperties: dict[str, SchemaOrBool] | None = None
    additionalProperties: SchemaOrBool | None = None
    propertyNames: SchemaOrBool | None = None
    # JSON Schema Core, section 11: what no other keyword has looked at
    unevaluatedItems: SchemaOrBool | None = None
    unevaluatedProperties: SchemaOrBool | None = None
    # JSON Schema Validation, section 6: assertions
    type: SchemaType | list[SchemaType] | None = None
    enum: list[Any] | None = None
    const: Any | None = None
    multipleOf: Annotated[float | None, Field(gt=0)] = None
    maximum: float | None = None
    exclusiveMaximum: float | None = None
    minimum: float | None = None
    exclusiveMinimum: float | None = None
    maxLength: Count | None = None
    minLength: Count | None = None
    pattern: str | None = None
    maxItems: Count | None = None
    minItems: Count | None = None
    uniqueItems: bool | None = None
    maxContains: Count | None = None
    minContains: Count | None = None
    maxProperties: Count | None = None
    minProperties: Count | None = None
    required: list[str] | None = None
    dependentRequired: dict[str, set[str]] | None = None
    # JSON Schema Validation, sections 7 to 9: format, contents of strings, annotations
    format: str | None = None
    contentEncoding: str | None = None
    contentMediaType: str | None = None
    contentSchema: SchemaOrBool | None = None
    title: str | None = None
    description: str | None = None
    default: Any | None = None
    deprecated: bool | None = None
    readOnly: bool | None = None
    writeOnly: bool | None = None
    examples: list[Any] | None = None
    # What OpenAPI adds
    discriminator: Discriminator | None = None
    xml: XML | None = None
    externalDocs: ExternalDocumentation | None = None
    example: Any | None = None
    """Deprecated by the specification in favour of `examples`."""


@with_config(ConfigDict(extra="allow"))
class Example(TypedDict, total=False):
    """A named example, as `openapi_examples` takes it (4.8.19)."""

    summary: str | None
    description: str | None
    value: Any | None
    externalValue: AnyUrl | None


# Operations


class ParameterInType(Enum):
    """Where a parameter is."""

    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class Encoding(BaseModelWithConfig):
    """How one property of a form is written (4.8.15)."""

    contentType: str | None = None
    headers: dict[str, Header | Reference] | None = None
    style: str | None = None
    explode: bool | None = None
    allowReserved: bool | None = None


class MediaType(BaseModelWithConfig):
    """What a body of one media type looks like (4.8.14)."""

    schema_: Schema | Reference | None = Field(default=None, alias="schema")
    example: Any | None = None
    examples: dict[str, Example | Reference] | None = None
    encoding: dict[str, Encoding] | None = None


class ParameterBase(BaseModelWithConfig):
    """What parameters and headers of responses have in common (4.8.12.2)."""

    description: str | None = None
    required: bool | None = None
    deprecated: bool | None = None
    style: str | None = None
    explode: bool | None = None
    allowReserved: bool | None = None
    schema_: Schema | Reference | None = Field(default=None, alias="schema")
    example: Any | None = None
    examples: dict[str, Example | Reference] | None = None
    content: dict[str, MediaType] | None = None


class Parameter(ParameterBase):
    """A value that an operation takes outside its body (4.8.12)."""

    name: str
    in_: ParameterInType = Field(alias="in")


class Header(ParameterBase):
    """A header of a response; its name is its key (4.8.21)."""


class RequestBody(BaseModelWithConfig):
    """The body that an operation takes (4.8.13)."""

    description: str | None = None
    content: dict[str, MediaType]
    required: bool | None = None


class Link(BaseModelWithConfig):
    """An operation that a response leads to (4.8.20)."""

    operationRef: str | None = None
    operationId: str | None = None
    parameters: dict[str, Any | str] | None = None
    requestBody: Any | str | None = None
    description: str | None = None
    server: Server | None = None


class Response(BaseModelWithConfig):
    """What an operation answers with one status (4.8.17)."""

    description: str
    headers: dict[str, Header | Reference] | None = None
    content: dict[str, MediaType] | None = None
    links: dict[str, Link | Reference] | None = None


class Operation(BaseModelWithConfig):
    """One method of one path (4.8.10)."""

    tags: list[str] | None = None
    summary: str | None = None
    description: str | None = None
    externalDocs: ExternalDocumentation | None = None
    operationId: str | None = None
    parameters: list[Parameter | Reference] | None = None
    requestBody: RequestBody | Reference | None = None
    # Anything, because `openapi_extra` may write what this module does not know.
    responses: dict[str, Response | Any] | None = None
    callbacks: dict[str, dict[str, PathItem] | Reference] | None = None
    deprecated: bool | None = None
    security: SecurityRequirements | None = None
    servers: list[Server] | None = None


class PathItem(BaseModelWithConfig):
    """The operations of one path (4.8.9)."""

    ref: str | None = Field(default=None, alias="$ref")
    summary: str | None = None
    description: str | None = None
    get: Operation | None = None
    put: Operation | None = None
    post: Operation | None = None
    delete: Operation | None = None
    options: Operation | None = None
    head: Operation | None = None
    patch: Operation | None = None
    trace: Operation | None = None
    servers: list[Server] | None = None
    parameters: list[Parameter | Reference] | None = None


# Security schemes (4.8.27)


class SecuritySchemeType(Enum):
    """The kinds of security scheme."""

    apiKey = "apiKey"
    http = "http"
    oauth2 = "oauth2"
    openIdConnect = "openIdConnect"


class SecurityBase(BaseModelWithConfig):
    """What all security schemes have."""

    type_: SecuritySchemeType = Field(alias="type")
    description: str | None = None


class APIKeyIn(Enum):
    """Where an API key is."""

    query = "query"
    header = "header"
    cookie = "cookie"


class APIKey(SecurityBase):
    """A key in a query parameter, a header or a cookie."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.apiKey, alias="type")
    in_: APIKeyIn = Field(alias="in")
    name: str


class HTTPBase(SecurityBase):
    """A scheme of the `Authorization` header (RFC 9110, section 11)."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.http, alias="type")
    scheme: str


class HTTPBearer(HTTPBase):
    """A bearer token (RFC 6750); `bearerFormat` tells people what it is."""

    scheme: Literal["bearer"] = "bearer"
    bearerFormat: str | None = None


class OAuthFlow(BaseModelWithConfig):
    """What all flows have (4.8.29)."""

    refreshUrl: str | None = None
    scopes: dict[str, str] = {}


class OAuthFlowImplicit(OAuthFlow):
    """The token comes with the redirect (RFC 6749, section 4.2)."""

    authorizationUrl: str


class OAuthFlowPassword(OAuthFlow):
    """User name and password are exchanged for a token (RFC 6749, section 4.3)."""

    tokenUrl: str


class OAuthFlowClientCredentials(OAuthFlow):
    """The client gets a token for itself (RFC 6749, section 4.4)."""

    tokenUrl: str


class OAuthFlowAuthorizationCode(OAuthFlow):
    """The redirect's code is exchanged for a token (RFC 6749, section 4.1)."""

    authorizationUrl: str
    tokenUrl: str


class OAuthFlows(BaseModelWithConfig):
    """The flows that a scheme supports (4.8.28)."""

    implicit: OAuthFlowImplicit | None = None
    password: OAuthFlowPassword | None = None
    clientCredentials: OAuthFlowClientCredentials | None = None
    authorizationCode: OAuthFlowAuthorizationCode | None = None


class OAuth2(SecurityBase):
    """OAuth 2.0 (RFC 6749)."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.oauth2, alias="type")
    flows: OAuthFlows


class OpenIdConnect(SecurityBase):
    """OpenID Connect Discovery."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.openIdConnect, alias="type")
    openIdConnectUrl: str


SecurityScheme: TypeAlias = APIKey | HTTPBase | OAuth2 | OpenIdConnect | HTTPBearer


# The whole


class Components(BaseModelWithConfig):
    """What the rest of the document refers to (4.8.7)."""

    schemas: dict[str, Schema | Reference] | None = None
    responses: dict[str, Response | Reference] | None = None
    parameters: dict[str, Parameter | Reference] | None = None
    examples: dict[str, Example | Reference] | None = None
    requestBodies: dict[str, RequestBody | Reference] | None = None
    headers: dict[str, Header | Reference] | None = None
    securitySchemes: dict[str, SecurityScheme | Reference] | None = None
    links: dict[str, Link | Reference] | None = None
    callbacks: dict[str, dict[str, PathItem] | Reference | Any] | None = None
    pathItems: dict[str, PathItem | Reference] | None = None


class OpenAPI(BaseModelWithConfig):
    """The document (4.8.1)."""

    openapi: str
    info: Info
    jsonSchemaDialect: str | None = None
    servers: list[Server] | None = None
    # Anything, because `openapi_extra` may write what this module does not know.
    paths: dict[str, PathItem | Any] | None = None
    webhooks: dict[str, PathItem | Reference] | None = None
    components: Components | None = None
    security: SecurityRequirements | None = None
    tags: list[Tag] | None = None
    externalDocs: ExternalDocumentation | None = None
