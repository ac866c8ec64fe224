"""How every page looks: GOV.UK Frontend, templates, components, forms and error pages."""
